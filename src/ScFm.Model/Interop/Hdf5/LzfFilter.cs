using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ScFm.Model.Interop.Hdf5;

/// <summary>Unpacks LZF, the filter that h5py brings itself (number 32000) and anndata used by default before 0.7.</summary>
internal static unsafe class LzfFilter
{
    private const int Number = 32000;
    private const uint Reverse = 0x0100;

    // A reference of three bytes gives 264 at most.
    private const int LargestRatio = 88;

    private static bool registered;

    /// <summary>Registers the filter, once, where the library lacks it.</summary>
    internal static void Register()
    {
        if (registered)
        {
            return;
        }
        registered = true;
        if (H5.ZfilterAvail(Number) <= 0)
        {
            // The library copies the class but keeps the pointer to the name, which is never freed.
            var filter = new FilterClass { Version = 1, Id = Number, DecoderPresent = 1, Name = Marshal.StringToCoTaskMemUTF8("lzf"), Filter = &Apply };
            var register = (delegate* unmanaged<FilterClass*, int>)Hdf5Library.Function("H5Zregister");
            _ = Hdf5Node.Check(register(&filter), "HDF5", "get the filter LZF");
        }
    }

    /// <summary>Unpacks one block.</summary>
    /// <returns>Number of bytes written; 0 where the block is damaged, -1 where it is larger than the destination.</returns>
    internal static int Unpack(ReadOnlySpan<byte> packed, Span<byte> destination)
    {
        var (from, to) = (0, 0);
        while (from < packed.Length)
        {
            int control = packed[from++];
            if (control < 32)
            {
                var literals = control + 1;
                if (from + literals > packed.Length)
                {
                    return 0;
                }
                if (to + literals > destination.Length)
                {
                    return -1;
                }
                packed.Slice(from, literals).CopyTo(destination[to..]);
                (from, to) = (from + literals, to + literals);
                continue;
            }
            // A reference: three bits of length (7: one more byte follows) and thirteen of distance.
            var length = control >> 5;
            if (from + (length == 7 ? 2 : 1) > packed.Length)
            {
                return 0;
            }
            length += 2 + (length == 7 ? packed[from++] : 0);
            var source = to - ((control & 31) << 8) - packed[from++] - 1;
            if (source < 0)
            {
                return 0;
            }
            if (to + length > destination.Length)
            {
                return -1;
            }
            // Byte by byte: a reference may overlap what it writes.
            for (var end = to + length; to < end; to++)
            {
                destination[to] = destination[source++];
            }
        }
        return to;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nuint Apply(uint flags, nuint valueCount, uint* values, nuint byteCount, nuint* bufferSize, void** buffer)
    {
        if ((flags & Reverse) == 0)
        {
            return 0;
        }
        var packed = new ReadOnlySpan<byte>(*buffer, (int)byteCount);
        // h5py notes the size of a whole chunk as the third value, but not for text: there the size is found by trying.
        var size = valueCount >= 3 && values[2] > 0 ? values[2] : *bufferSize;
        for (; size <= byteCount * LargestRatio + *bufferSize; size *= 2)
        {
            var unpacked = Allocate(size);
            var count = Unpack(packed, new Span<byte>(unpacked, (int)size));
            if (count > 0)
            {
                Free(*buffer);
                *buffer = unpacked;
                *bufferSize = size;
                return (nuint)count;
            }
            Free(unpacked);
            if (count == 0)
            {
                return 0;
            }
        }
        return 0;
    }

    // The library frees the block, so it must come from the library's own heap.
    private static void* Allocate(nuint size) => ((delegate* unmanaged<nuint, byte, void*>)Hdf5Library.Function("H5allocate_memory"))(size, 0);

    private static void Free(void* block) => _ = ((delegate* unmanaged<void*, int>)Hdf5Library.Function("H5free_memory"))(block);

    private struct FilterClass
    {
        internal int Version;
        internal int Id;
        internal uint EncoderPresent;
        internal uint DecoderPresent;
        internal nint Name;
        internal nint CanApply;
        internal nint SetLocal;
        internal delegate* unmanaged[Cdecl]<uint, nuint, uint*, nuint, nuint*, void**, nuint> Filter;
    }
}
