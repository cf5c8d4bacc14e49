using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace ScFm.Model.Corpora.Store;

/// <summary>CRC-32C (Castagnoli), which processors compute at several bytes a cycle; finds every error of up to 32 neighbouring bits.</summary>
internal static class Checksum
{
    private const int BlockBytes = 1 << 20;

    /// <summary>Takes more bytes into a checksum.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="before">The checksum of what came before. Default: of nothing.</param>
    public static uint Of(ReadOnlySpan<byte> bytes, uint before = 0)
    {
        var crc = ~before;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            crc = BitOperations.Crc32C(crc, word);
        }
        foreach (var rest in bytes[(words.Length * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, rest);
        }
        return ~crc;
    }

    /// <summary>The checksum of a whole file.</summary>
    public static uint OfFile(string path, CancellationToken cancellation = default)
    {
        using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        var block = GC.AllocateUninitializedArray<byte>(BlockBytes);
        var (crc, at) = (0u, 0L);
        while (RandomAccess.Read(file, block, at) is var read and > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            crc = Of(block.AsSpan(0, read), crc);
            at += read;
        }
        return crc;
    }

    /// <summary>As it stands in manifests and messages: eight hexadecimal digits.</summary>
    public static string Text(uint checksum) => checksum.ToString("X8", CultureInfo.InvariantCulture);
}
