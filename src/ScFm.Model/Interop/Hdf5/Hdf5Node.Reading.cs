using System.Runtime.InteropServices;
using System.Text;

namespace ScFm.Model.Interop.Hdf5;

internal sealed unsafe partial class Hdf5Node
{
    /// <summary>The size of a dataset along each dimension; empty for a scalar.</summary>
    internal long[] Shape
    {
        get
        {
            var space = Check(H5.DgetSpace(id), "tell its shape");
            var sizes = new ulong[Check(H5.SgetNdims(space), "tell its shape")];
            fixed (ulong* buffer = sizes)
            {
                _ = H5.SgetDims(space, buffer, null);
            }
            _ = H5.Sclose(space);
            return Array.ConvertAll(sizes, size => (long)size);
        }
    }

    /// <summary>What the elements of a dataset are.</summary>
    internal Hdf5Class Class
    {
        get
        {
            var type = Check(H5.DgetType(id), "tell its type");
            var found = (Hdf5Class)H5.TgetClass(type);
            _ = H5.Tclose(type);
            return found;
        }
    }

    /// <summary>All elements of a dataset of numbers, converted by the library.</summary>
    internal T[] Read<T>() where T : unmanaged => Numbers<T>(H5.DgetSpace(id), (type, buffer) => H5.Dread(id, type, 0, 0, 0, buffer));

    /// <summary>All elements of a dataset of text, of fixed or variable length.</summary>
    internal string[] ReadTexts() => Texts(H5.DgetSpace(id), H5.DgetType(id), (type, buffer) => H5.Dread(id, type, 0, 0, 0, buffer));

    /// <summary>Some rows of a dataset with two dimensions.</summary>
    internal float[] ReadRows(long first, long count, long columns)
    {
        var values = new float[count * columns];
        ulong[] start = [(ulong)first, 0];
        ulong[] size = [(ulong)count, (ulong)columns];
        var space = Check(H5.DgetSpace(id), "be read");
        fixed (ulong* from = start, sizes = size)
        fixed (float* buffer = values)
        {
            var memory = H5.ScreateSimple(2, sizes, null);
            var selected = H5.SselectHyperslab(space, 0, from, null, sizes, null);
            var read = selected < 0 ? -1 : H5.Dread(id, H5.NativeType<float>(), memory, space, 0, buffer);
            _ = H5.Sclose(memory) + H5.Sclose(space);
            Check(read, $"be read in rows {first} to {first + count - 1}");
        }
        return values;
    }

    /// <summary>An attribute of text; null where there is none.</summary>
    internal string? TextAttribute(string name) => TextsAttribute(name) is [var text, ..] ? text : null;

    /// <summary>An attribute of several texts; null where there is none or it holds something else.</summary>
    internal string[]? TextsAttribute(string name) => WithAttribute(name, attribute =>
    {
        var type = H5.AgetType(attribute);
        if ((Hdf5Class)H5.TgetClass(type) == Hdf5Class.Text)
        {
            return Texts(H5.AgetSpace(attribute), type, (memory, buffer) => H5.Aread(attribute, memory, buffer));
        }
        var space = H5.AgetSpace(attribute);
        var count = H5.SgetNpoints(space);
        _ = H5.Tclose(type) + H5.Sclose(space);
        return count == 0 ? [] : null; // an empty list is written as an empty array of numbers
    });

    /// <summary>An attribute of whole numbers or of yes and no; null where there is none.</summary>
    internal long[]? IntegersAttribute(string name) =>
        WithAttribute(name, attribute => Numbers<long>(H5.AgetSpace(attribute), (type, buffer) => H5.Aread(attribute, type, buffer)));

    private delegate int Reader(long memoryType, void* buffer);

    private T? WithAttribute<T>(string name, Func<long, T?> use) where T : class
    {
        fixed (byte* bytes = Bytes(name))
        {
            if (H5.Aexists(id, bytes) <= 0)
            {
                return null;
            }
            var attribute = Check(H5.Aopen(id, bytes, 0), $"give its attribute '{name}'");
            try
            {
                return use(attribute);
            }
            finally
            {
                _ = H5.Aclose(attribute);
            }
        }
    }

    private T[] Numbers<T>(long space, Reader read) where T : unmanaged
    {
        var count = Check(H5.SgetNpoints(Check(space, "be read")), "be read");
        _ = H5.Sclose(space);
        if (count > Array.MaxLength)
        {
            throw new Hdf5Exception($"{Where} has {count} elements; expected at most {Array.MaxLength}.");
        }
        var values = new T[count];
        fixed (T* buffer = values)
        {
            Check(count == 0 ? 0 : read(H5.NativeType<T>(), buffer), "be read as numbers: other data, damaged, or packed by a filter that this HDF5 library lacks");
        }
        return values;
    }

    private string[] Texts(long space, long type, Reader read)
    {
        var texts = new string[Check(H5.SgetNpoints(Check(space, "be read")), "be read")];
        try
        {
            if (texts.Length > 0 && H5.TisVariableStr(type) > 0)
            {
                ReadVariable(texts, space, type, read);
            }
            else if (texts.Length > 0)
            {
                ReadFixed(texts, type, read);
            }
        }
        finally
        {
            _ = H5.Tclose(type) + H5.Sclose(space);
        }
        return texts;
    }

    private void ReadVariable(string[] texts, long space, long type, Reader read)
    {
        var memory = StringType(H5.TgetCset(type));
        var pointers = new nint[texts.Length];
        fixed (nint* buffer = pointers)
        {
            Check(read(memory, buffer), "be read as text");
            for (var i = 0; i < texts.Length; i++)
            {
                texts[i] = Marshal.PtrToStringUTF8(pointers[i]) ?? "";
            }
            _ = H5.DvlenReclaim(memory, space, 0, buffer);
        }
        _ = H5.Tclose(memory);
    }

    private void ReadFixed(string[] texts, long type, Reader read)
    {
        var size = (int)H5.TgetSize(type);
        var content = new byte[(long)size * texts.Length];
        fixed (byte* buffer = content)
        {
            Check(read(type, buffer), "be read as text");
        }
        for (var i = 0; i < texts.Length; i++)
        {
            var text = content.AsSpan(i * size, size);
            text = text.IndexOf((byte)0) is >= 0 and var end ? text[..end] : text;
            texts[i] = Encoding.UTF8.GetString(H5.TgetStrpad(type) == H5.SpacePadded ? text.TrimEnd((byte)' ') : text);
        }
    }

    private static long StringType(int characterSet)
    {
        var type = H5.Tcopy(H5.String);
        _ = H5.TsetSize(type, H5.VariableLength) + H5.TsetCset(type, characterSet);
        return type;
    }
}
