using System.IO.Compression;

namespace ScFm.Model.Cells.Files;

/// <summary>Named NumPy arrays in one file, as numpy.savez writes them.</summary>
internal sealed class NumpyArchive : IDisposable
{
    private readonly string path;
    private readonly string expected;
    private readonly ZipArchive archive;

    /// <summary>Opens the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">What should be in it, for messages.</param>
    public NumpyArchive(string path, string expected) => (this.path, this.expected, archive) = (path, expected, ZipFile.OpenRead(path));

    /// <summary>An array.</summary>
    /// <exception cref="InvalidDataException">There is no such array.</exception>
    public NumpyArray this[string name]
    {
        get
        {
            var entry = archive.GetEntry($"{name}.npy") ?? throw new InvalidDataException($"{path} has no '{name}'; expected {expected}.");
            using var stream = entry.Open();
            using var content = new MemoryStream();
            stream.CopyTo(content);
            return NumpyArray.Parse(content.ToArray(), $"{path}: {name}");
        }
    }

    public void Dispose() => archive.Dispose();
}
