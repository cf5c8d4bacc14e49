using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace ScFm.Model.Tests.Files.PyTorch;

/// <summary>Writes pickles and the zip files around them by hand, as nobody's library would.</summary>
internal sealed class PickleBytes
{
    private readonly List<byte> bytes = [0x80, 2];

    public static implicit operator byte[](PickleBytes pickle) => [.. pickle.bytes];

    public PickleBytes Op(params byte[] code)
    {
        bytes.AddRange(code);
        return this;
    }

    public PickleBytes Op(string code) => Op(Encoding.ASCII.GetBytes(code));

    public PickleBytes Text(string text) => Op((byte)'X').Op(BitConverter.GetBytes(Encoding.UTF8.GetByteCount(text))).Op(Encoding.UTF8.GetBytes(text));

    public PickleBytes Whole(long value)
    {
        var number = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(number, value);
        return Op(0x8A, 8).Op(number);
    }

    public PickleBytes Global(string module, string name) => Op($"c{module}\n{name}\n");

    public PickleBytes Wholes(params long[] values)
    {
        Op("(");
        foreach (var value in values)
        {
            Whole(value);
        }
        return Op("t");
    }

    /// <summary>A storage of floats.</summary>
    public PickleBytes Storage(long count, string key = "0", string type = "FloatStorage", string device = "cpu") =>
        Op("(").Text("storage").Global("torch", type).Text(key).Text(device).Whole(count).Op("tQ");

    /// <summary>A tensor of floats in a storage of that many.</summary>
    public PickleBytes Tensor(long count, long offset, long[] shape, long[] strides) =>
        Global("torch._utils", "_rebuild_tensor_v2").Op("(").Storage(count).Whole(offset).Wholes(shape).Wholes(strides).Op(0x89).Op("NtR");

    /// <summary>A checkpoint with this pickle, whole up to its stop, and other entries.</summary>
    public string Save(string path, params (string Name, byte[] Content)[] entries)
    {
        SaveZip(path, [("archive/data.pkl", this), .. entries]);
        return path;
    }

    public static void SaveZip(string path, params (string Name, byte[] Content)[] entries)
    {
        using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        foreach (var (name, content) in entries)
        {
            using var stream = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
            stream.Write(content);
        }
    }
}
