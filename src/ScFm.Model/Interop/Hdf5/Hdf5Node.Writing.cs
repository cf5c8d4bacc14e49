using System.Runtime.InteropServices;
using ScFm.Model.Files.Hdf5;

namespace ScFm.Model.Interop.Hdf5;

internal sealed unsafe partial class Hdf5Node
{
    private const int ChunkSize = 1 << 16;
    private const uint GzipLevel = 4;

    /// <summary>Makes a group in this one.</summary>
    internal Hdf5Node CreateGroup(string name)
    {
        fixed (byte* bytes = Bytes(ExpectName(name)))
        {
            return new Hdf5Node(file, $"{path}/{name}", Check(H5.Gcreate(id, bytes, 0, 0, 0), $"get the group '{name}'"));
        }
    }

    /// <summary>Writes a dataset of numbers.</summary>
    /// <param name="name">Its name in this group.</param>
    /// <param name="values">The elements, row after row.</param>
    /// <param name="shape">The size along each dimension; empty for a scalar.</param>
    /// <param name="compress">Packs it with gzip, where the library can and it has more than a few elements.</param>
    internal Hdf5Node Write<T>(string name, T[] values, long[] shape, bool compress = false) where T : unmanaged
    {
        fixed (T* buffer = values)
        {
            return Write(name, H5.NativeType<T>(), buffer, shape, compress);
        }
    }

    /// <summary>Writes a dataset of yes and no, as h5py does: an enumeration of bytes.</summary>
    internal Hdf5Node Write(string name, bool[] values, long[] shape)
    {
        var type = BooleanType();
        fixed (bool* buffer = values)
        {
            var node = Write(name, type, buffer, shape, compress: false);
            _ = H5.Tclose(type);
            return node;
        }
    }

    /// <summary>Writes a dataset of text in UTF-8.</summary>
    internal Hdf5Node Write(string name, string[] values, long[] shape)
    {
        var type = StringType(H5.Utf8);
        using var texts = new NativeTexts(values);
        fixed (nint* buffer = texts.Pointers)
        {
            var node = Write(name, type, buffer, shape, compress: false);
            _ = H5.Tclose(type);
            return node;
        }
    }

    /// <summary>Adds an attribute of text.</summary>
    internal Hdf5Node SetAttribute(string name, string value)
    {
        using var texts = new NativeTexts([value]);
        fixed (nint* buffer = texts.Pointers)
        {
            return SetAttribute(name, StringType(H5.Utf8), buffer, []);
        }
    }

    /// <summary>Adds an attribute of several texts.</summary>
    internal Hdf5Node SetAttribute(string name, string[] values)
    {
        using var texts = new NativeTexts(values);
        fixed (nint* buffer = texts.Pointers)
        {
            return SetAttribute(name, StringType(H5.Utf8), buffer, [values.Length]);
        }
    }

    /// <summary>Adds an attribute of whole numbers.</summary>
    internal Hdf5Node SetAttribute(string name, long[] values)
    {
        fixed (long* buffer = values)
        {
            return SetAttribute(name, H5.Tcopy(H5.NativeType<long>()), buffer, [values.Length]);
        }
    }

    /// <summary>Adds an attribute of yes or no.</summary>
    internal Hdf5Node SetAttribute(string name, bool value) => SetAttribute(name, BooleanType(), &value, []);

    private Hdf5Node Write(string name, long type, void* buffer, long[] shape, bool compress)
    {
        var (space, count) = (Space(shape), shape.Aggregate(1L, (product, size) => product * size));
        var isPacked = compress && shape.Length > 0 && count > 1024 && H5.ZfilterAvail(H5.DeflateFilter) > 0;
        var creation = isPacked ? InChunks(shape, shape[0], isPacked) : Creation();
        fixed (byte* bytes = Bytes(ExpectName(name)))
        {
            var node = new Hdf5Node(file, $"{path}/{name}", Check(H5.Dcreate(id, bytes, type, space, 0, creation, 0), $"get the dataset '{name}'"));
            Check(count == 0 ? 0 : H5.Dwrite(node.id, type, 0, 0, 0, buffer), $"be written at '{name}': is the disk full?");
            _ = H5.Sclose(space) + H5.Pclose(creation);
            return node;
        }
    }

    /// <summary>How a dataset is created: without the time, so that the same content gives the same bytes.</summary>
    private static long Creation()
    {
        var creation = H5.Pcreate(H5.DatasetCreation);
        _ = H5.PsetObjTrackTimes(creation, 0);
        return creation;
    }

    /// <summary>How a dataset is created that lies in chunks of whole rows.</summary>
    private static long InChunks(long[] shape, long mostRows, bool isPacked)
    {
        var creation = Creation();
        var width = shape[1..].Aggregate(1L, (product, size) => product * size);
        ulong[] chunk = [(ulong)Math.Clamp(ChunkSize / width, 1, mostRows), .. shape[1..].Select(size => (ulong)size)];
        fixed (ulong* sizes = chunk)
        {
            _ = H5.PsetChunk(creation, chunk.Length, sizes) + (isPacked ? H5.PsetDeflate(creation, GzipLevel) : 0);
        }
        return creation;
    }

    private Hdf5Node SetAttribute(string name, long type, void* buffer, long[] shape)
    {
        var space = Space(shape);
        fixed (byte* bytes = Bytes(name))
        {
            var attribute = Check(H5.Acreate(id, bytes, type, space, 0, 0), $"get the attribute '{name}'");
            Check(shape is [0] ? 0 : H5.Awrite(attribute, type, buffer), $"get the attribute '{name}'");
            _ = H5.Aclose(attribute) + H5.Sclose(space) + H5.Tclose(type);
        }
        return this;
    }

    private static long Space(long[] shape)
    {
        if (shape.Length == 0)
        {
            return H5.Screate(H5.Scalar);
        }
        fixed (ulong* sizes = Array.ConvertAll(shape, size => (ulong)size))
        {
            return H5.ScreateSimple(shape.Length, sizes, null);
        }
    }

    private static long StringType(int characterSet)
    {
        var type = H5.Tcopy(H5.String);
        _ = H5.TsetSize(type, H5.VariableLength) + H5.TsetCset(type, characterSet);
        return type;
    }

    private static long BooleanType()
    {
        var type = H5.TenumCreate(H5.NativeType<sbyte>());
        foreach (var (name, value) in (ReadOnlySpan<(string, sbyte)>)[("FALSE", 0), ("TRUE", 1)])
        {
            var stored = value;
            fixed (byte* bytes = Bytes(name))
            {
                _ = H5.TenumInsert(type, bytes, &stored);
            }
        }
        return type;
    }

    private string ExpectName(string name) => name is "" or "." || name.Contains('/')
        ? throw new Hdf5Exception($"{Where} cannot hold the name '{name}': a name in an HDF5 file is not empty and has no slash.")
        : name;

    /// <summary>Strings in memory that the library can read.</summary>
    private sealed class NativeTexts(string[] values) : IDisposable
    {
        internal nint[] Pointers { get; } = Array.ConvertAll(values, Marshal.StringToCoTaskMemUTF8);

        public void Dispose() => Array.ForEach(Pointers, Marshal.FreeCoTaskMem);
    }
}
