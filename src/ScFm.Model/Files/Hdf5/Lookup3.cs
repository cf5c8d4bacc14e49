using System.Buffers.Binary;
using System.Numerics;

namespace ScFm.Model.Files.Hdf5;

/// <summary>The checksum of HDF5's newer blocks: Bob Jenkins' lookup3 (2006, public domain), hashlittle with the start value 0.</summary>
internal static class Lookup3
{
    internal static uint Hash(ReadOnlySpan<byte> bytes)
    {
        uint a = 0xdeadbeef + (uint)bytes.Length, b = a, c = a;
        if (bytes.IsEmpty)
        {
            return c;
        }
        Span<byte> last = stackalloc byte[12];
        for (; bytes.Length > 12; bytes = bytes[12..])
        {
            Add(bytes, ref a, ref b, ref c);
            (a, c) = (a - c ^ BitOperations.RotateLeft(c, 4), c + b);
            (b, a) = (b - a ^ BitOperations.RotateLeft(a, 6), a + c);
            (c, b) = (c - b ^ BitOperations.RotateLeft(b, 8), b + a);
            (a, c) = (a - c ^ BitOperations.RotateLeft(c, 16), c + b);
            (b, a) = (b - a ^ BitOperations.RotateLeft(a, 19), a + c);
            (c, b) = (c - b ^ BitOperations.RotateLeft(b, 4), b + a);
        }
        bytes.CopyTo(last); // what is missing counts as zeros
        Add(last, ref a, ref b, ref c);
        c = (c ^ b) - BitOperations.RotateLeft(b, 14);
        a = (a ^ c) - BitOperations.RotateLeft(c, 11);
        b = (b ^ a) - BitOperations.RotateLeft(a, 25);
        c = (c ^ b) - BitOperations.RotateLeft(b, 16);
        a = (a ^ c) - BitOperations.RotateLeft(c, 4);
        b = (b ^ a) - BitOperations.RotateLeft(a, 14);
        return (c ^ b) - BitOperations.RotateLeft(b, 24);
    }

    private static void Add(ReadOnlySpan<byte> bytes, ref uint a, ref uint b, ref uint c)
    {
        a += BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        b += BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        c += BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
    }
}
