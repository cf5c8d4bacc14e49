using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class TensorExtensionMethods
{
    /// <summary>Writes the tensor in TorchSharp's own format: type, number of axes, lengths (all LEB128), raw elements.</summary>
    public static void Save(this torch.Tensor tensor, BinaryWriter writer)
    {
        using var scope = torch.NewDisposeScope();
        using var off = torch.no_grad();
        var host = tensor.cpu().contiguous();
        writer.Write7BitEncodedInt64((long)host.dtype);
        writer.Write7BitEncodedInt64(host.ndim);
        foreach (var length in host.shape) writer.Write7BitEncodedInt64(length);
        foreach (var part in Parts(host)) writer.Write(part.Span);
    }

    /// <summary>Writes the tensor to a stream in TorchSharp's own format.</summary>
    public static void Save(this torch.Tensor tensor, Stream stream)
    {
        using var writer = new BinaryWriter(stream);
        tensor.Save(writer);
    }

    /// <summary>Writes the tensor to a file in TorchSharp's own format.</summary>
    public static void Save(this torch.Tensor tensor, string location)
    {
        var temporary = location + ".tmp";
        using (var stream = File.Create(temporary)) tensor.Save(stream);
        File.Move(temporary, location, overwrite: true);
    }

    /// <summary>Overwrites the tensor with one of the same type and shape in TorchSharp's own format.</summary>
    public static void Load(this torch.Tensor tensor, BinaryReader reader, bool skip = false)
    {
        using var loaded = Load(reader);
        if (loaded.dtype != tensor.dtype)
            throw new ArgumentException($"Mismatched tensor data types while loading: expected {tensor.dtype}, found {loaded.dtype}.");
        if (skip) return;
        if (!loaded.shape.SequenceEqual(tensor.shape))
            throw new ArgumentException($"Mismatched tensor shape while loading: expected [{string.Join(", ", tensor.shape)}], found [{string.Join(", ", loaded.shape)}].");
        using var off = torch.no_grad();
        tensor.copy_(loaded);
    }

    /// <summary>Reads a tensor in TorchSharp's own format.</summary>
    /// <exception cref="EndOfStreamException">The stream ends within the tensor.</exception>
    public static torch.Tensor Load(BinaryReader reader, bool skip = false)
    {
        var type = (torch.ScalarType)reader.Read7BitEncodedInt64();
        var shape = new long[reader.Read7BitEncodedInt64()];
        for (var axis = 0; axis < shape.Length; axis++) shape[axis] = reader.Read7BitEncodedInt64();
        var tensor = torch.empty(shape, type, torch.CPU);
        try
        {
            foreach (var part in Parts(tensor))
                reader.BaseStream.ReadExactly(part.Span);
        }
        catch (EndOfStreamException)
        {
            tensor.Dispose();
            throw new EndOfStreamException($"The data ends within a tensor of the shape [{string.Join(", ", shape)}].");
        }

        return tensor;
    }

    /// <summary>The memory of a contiguous tensor in parts that a span can hold.</summary>
    private static IEnumerable<Part> Parts(torch.Tensor tensor)
    {
        const int largest = 1 << 30;
        var (start, left) = (tensor.DataPointer(), tensor.numel() * tensor.ElementSize);
        for (; left > 0; start += largest, left -= largest) yield return new Part(start, (int)Math.Min(left, largest));
    }

    private readonly record struct Part(IntPtr Start, int Length)
    {
        public unsafe Span<byte> Span => MemoryMarshal.CreateSpan(ref *(byte*)Start, Length);
    }
}
