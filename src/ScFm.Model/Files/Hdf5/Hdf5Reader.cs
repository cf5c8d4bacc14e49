namespace ScFm.Model.Files.Hdf5;

/// <summary>An HDF5 file that is read.</summary>
/// <remarks>
/// Written here after the HDF5 File Format Specification 3.0 instead of asking libhdf5, which a damaged file can crash or keep for ever, and which one thread alone may use:
/// here every address and size is checked before use, and several threads may read at once.
/// Read are groups and datasets of all versions of the format, in one piece or in chunks with any index, packed with gzip, LZF, shuffled or with Fletcher's checksum.
/// Not read are soft and external links, data in other files, virtual datasets, and other filters: each is an error that says so when it is asked for.
/// </remarks>
internal sealed class Hdf5Reader : IDisposable
{
    private readonly Hdf5Image image;

    private Hdf5Reader(Hdf5Image image)
    {
        this.image = image;
        Root = new Hdf5Object(image, new GlobalHeap(image), image.RootAddress);
    }

    /// <summary>The group that holds all others.</summary>
    internal Hdf5Object Root { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="Hdf5Exception">It is no HDF5 file, or a damaged one.</exception>
    internal static Hdf5Reader Open(string path)
    {
        var image = new Hdf5Image(path);
        try
        {
            return new Hdf5Reader(image);
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    public void Dispose() => image.Dispose();
}
