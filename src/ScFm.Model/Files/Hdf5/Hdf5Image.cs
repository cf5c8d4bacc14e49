using Microsoft.Win32.SafeHandles;

namespace ScFm.Model.Files.Hdf5;

/// <summary>The bytes of an HDF5 file and what its superblock says: how wide addresses are and where the root lies.</summary>
/// <remarks>HDF5 File Format Specification 3.0. Any byte may be wrong: every address and length is checked against the file before it is used. Several threads may read at once.</remarks>
internal sealed class Hdf5Image : IDisposable
{
    /// <summary>The address that stands for "nowhere".</summary>
    internal const long Nowhere = -1;

    private const long MostOpened = 10_000;
    private const long BytesPerObject = 16; // of a header; links and data come to that, so each may be opened several times

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A];

    private readonly SafeFileHandle handle;
    private readonly long start;
    private readonly long length;
    private long opened;

    internal Hdf5Image(string path)
    {
        Path = path;
        handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.RandomAccess);
        try
        {
            length = RandomAccess.GetLength(handle);
            start = FindSignature();
            RootAddress = ReadSuperblock();
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>The file's name, for errors.</summary>
    internal string Path { get; }

    /// <summary>Stands for the file while it is open, among what is kept of all files.</summary>
    internal object Key { get; } = new();

    /// <summary>Bytes of the file.</summary>
    internal long Length => length;

    /// <summary>Bytes of an address: 2, 4 or 8.</summary>
    internal int AddressSize { get; private set; }

    /// <summary>Bytes of a length: 2, 4 or 8.</summary>
    internal int LengthSize { get; private set; }

    /// <summary>Where the header of the root group lies.</summary>
    internal long RootAddress { get; }

    /// <summary>Reads some bytes, to be taken apart.</summary>
    /// <param name="address">Where they begin, relative to the superblock.</param>
    /// <param name="count">How many bytes.</param>
    /// <param name="what">What they hold, for errors.</param>
    internal Hdf5Cursor At(long address, long count, string what)
    {
        ExpectInside(address, count, what);
        if (count > Array.MaxLength)
        {
            throw Damage($"{what} of {count} bytes; expected less than 2 GiB");
        }
        var bytes = new byte[count];
        Fill(address, bytes, what);
        return new Hdf5Cursor(bytes, this, what);
    }

    /// <summary>Reads at most so many bytes: fewer where the file ends before.</summary>
    internal Hdf5Cursor UpTo(long address, long count, string what)
    {
        ExpectInside(address, 0, what);
        return At(address, Math.Min(count, length - start - address), what);
    }

    /// <summary>Reads bytes into the caller's buffer.</summary>
    internal void Fill(long address, Span<byte> bytes, string what)
    {
        ExpectInside(address, bytes.Length, what);
        for (var done = 0; done < bytes.Length;)
        {
            var read = RandomAccess.Read(handle, bytes[done..], start + address + done);
            done += read > 0 ? read : throw Damage($"{what} at {address} that ends early; was the file cut while it is read?");
        }
    }

    /// <summary>Counts an object that is opened, and throws once they are more than a file of this size has.</summary>
    /// <remarks>Groups that are in several groups each can be reached by more paths than anybody can follow, from a few bytes.</remarks>
    internal void ExpectFewOpened()
    {
        if (Interlocked.Increment(ref opened) > MostOpened + length / BytesPerObject)
        {
            throw Damage($"the same groups in one another by more than {MostOpened + length / BytesPerObject} paths");
        }
    }

    /// <summary>The error that a part of the file is not as the format has it.</summary>
    internal Hdf5Exception Damage(string found) => new($"'{Path}' is a damaged or truncated HDF5 file: it has {found}.");

    public void Dispose()
    {
        handle.Dispose();
        ChunkCache.OfAllFiles.Forget(Key);
    }

    /// <summary>Throws where a part lies outside the file.</summary>
    internal void ExpectInside(long address, long count, string what)
    {
        if (address < 0 || count < 0 || address > length - start || count > length - start - address)
        {
            throw Damage($"{what} of {count} bytes at {address}; expected it inside the {length} bytes of the file");
        }
    }

    // A file may begin with a block of the user's: the signature then lies at 512 bytes or a power of two times that.
    private long FindSignature()
    {
        Span<byte> found = stackalloc byte[8];
        for (var at = 0L; at + 8 <= length; at = at == 0 ? 512 : at * 2)
        {
            if (RandomAccess.Read(handle, found, at) == 8 && found.SequenceEqual(Signature))
            {
                return at;
            }
        }
        throw new Hdf5Exception($"'{Path}' is no HDF5 file: it begins with other bytes than the HDF5 signature.");
    }

    private long ReadSuperblock()
    {
        var cursor = UpTo(0, 128, "a superblock");
        cursor.Skip(8);
        var version = cursor.Byte();
        if (version > 3)
        {
            throw Damage($"a superblock of version {version}; expected 0 to 3");
        }
        cursor.Skip(version < 2 ? 4 : 0);
        (AddressSize, LengthSize) = (Width(cursor.Byte()), Width(cursor.Byte()));
        cursor.Skip(version switch { 0 => 9, 1 => 13, _ => 1 });
        var baseAddress = cursor.Address();
        _ = cursor.Address();
        var end = cursor.Address();
        if (baseAddress != start || end < 0 || end > length)
        {
            throw new Hdf5Exception($"'{Path}' is a damaged or truncated HDF5 file: it has {length} bytes; expected {end} of them after {baseAddress}, as its superblock says.");
        }
        if (version >= 2)
        {
            var root = cursor.Address();
            cursor.ExpectChecksum();
            return root;
        }
        _ = cursor.Address(); // the driver's block
        _ = cursor.Address(); // the name of the root, which is empty
        return cursor.Address();
    }

    private int Width(byte size) => size is 2 or 4 or 8 ? size : throw Damage($"addresses or lengths of {size} bytes; expected 2, 4 or 8");
}
