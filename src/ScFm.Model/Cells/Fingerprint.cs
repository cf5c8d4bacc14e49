using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ScFm.Model.Cells;

/// <summary>Tells matrices and lists of numbers apart by a few digits, so that a run is not resumed on other cells.</summary>
internal static class Fingerprint
{
    /// <summary>Eight hexadecimal digits that change with any value or place.</summary>
    public static string Of(params ReadOnlySpan<CsrMatrix> matrices)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var matrix in matrices)
        {
            hash.AppendData(MemoryMarshal.AsBytes<long>(matrix.Offsets));
            for (var row = 0; row < matrix.Rows; row++) // by rows: a span of bytes ends at 2 GiB
            {
                hash.AppendData(MemoryMarshal.AsBytes(matrix.RowIndices(row)));
                hash.AppendData(MemoryMarshal.AsBytes(matrix.RowValues(row)));
            }
        }
        return Convert.ToHexString(hash.GetHashAndReset(), 0, 4);
    }

    /// <summary>Eight hexadecimal digits that change with any number or its place.</summary>
    public static string Of<T>(ReadOnlySpan<T> numbers) where T : unmanaged
    {
        const int block = 1 << 20; // a span of bytes ends at 2 GiB
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (; !numbers.IsEmpty; numbers = numbers[Math.Min(block, numbers.Length)..])
        {
            hash.AppendData(MemoryMarshal.AsBytes(numbers[..Math.Min(block, numbers.Length)]));
        }
        return Convert.ToHexString(hash.GetHashAndReset(), 0, 4);
    }
}
