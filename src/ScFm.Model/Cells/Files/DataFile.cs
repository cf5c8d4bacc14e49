using System.IO.Compression;

namespace ScFm.Model.Cells.Files;

/// <summary>Opens data files, gzipped or plain, with errors that name the file.</summary>
internal static class DataFile
{
    /// <summary>Opens a file for reading; one that ends in .gz is decompressed.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    internal static Stream Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no file '{path}'.", path);
        }
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        return path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    /// <summary>The name of a file without .gz, in lower case: what says its format.</summary>
    internal static string FormatName(string path)
    {
        var name = Path.GetFileName(path).ToLowerInvariant();
        return name.EndsWith(".gz", StringComparison.Ordinal) ? name[..^3] : name;
    }

    /// <summary>The first of the names that exists in a folder, plain or with .gz; null where none does.</summary>
    internal static string? Find(string folder, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            foreach (var ending in (ReadOnlySpan<string>)["", ".gz"])
            {
                if (Path.Combine(folder, name + ending) is var path && File.Exists(path))
                {
                    return path;
                }
            }
        }
        return null;
    }

    /// <summary>All lines of a text file, without a last empty one.</summary>
    /// <exception cref="InvalidDataException">The gzip data are broken.</exception>
    internal static List<string> ReadLines(string path)
    {
        using var lines = new LineReader(path);
        var all = new List<string>();
        while (lines.TryRead(out var line))
        {
            all.Add(System.Text.Encoding.UTF8.GetString(line));
        }
        return all;
    }

    /// <summary>Writes a file under a temporary name and renames it, so that no half-written file is ever seen.</summary>
    /// <param name="path">The file; one that is there is replaced once the new one is whole.</param>
    /// <param name="write">Writes to the name it is given.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    internal static void Replace(string path, Action<string> write)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"'{path}' cannot be written: there is no folder '{folder}'.");
        }
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            write(temporary);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
