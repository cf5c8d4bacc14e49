namespace ScFm.Model.Files;

/// <summary>Writes folders that appear whole or not at all.</summary>
public static class AtomicFolder
{
    private const int MostNamed = 5;

    /// <summary>Writes to a temporary folder beside the target, then renames it; the target is untouched where anything fails.</summary>
    /// <param name="path">The folder to create or replace; missing folders above it are made.</param>
    /// <param name="write">Writes the content into the folder that it is given.</param>
    /// <exception cref="IOException">The path is a file, or a folder that holds what the new one would not: that would be lost.</exception>
    public static void Write(string path, Action<string> write)
    {
        path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (File.Exists(path))
        {
            throw new IOException($"'{path}' is a file; expected a folder or a new name.");
        }
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? throw new IOException($"'{path}' is the root of the disk; expected a folder in it."));
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        Directory.CreateDirectory(temporary);
        try
        {
            write(temporary);
            Replace(path, temporary);
        }
        finally
        {
            Discard(temporary);
        }
    }

    private static void Replace(string path, string temporary)
    {
        if (!Directory.Exists(path))
        {
            Directory.Move(temporary, path);
            return;
        }
        string[] lost = [.. Names(path).Except(Names(temporary)).Take(MostNamed + 1)]; // no more are looked for: the folder may be someone's home
        if (lost.Length > 0)
        {
            throw new IOException($"'{path}' holds {string.Join(", ", lost.Take(MostNamed))}{(lost.Length > MostNamed ? ", ..." : "")}, which would be lost; expected a new folder, an empty one, or one that was written before.");
        }
        // No rename replaces a folder that is not empty, so the old one steps aside, and comes back should the new one fail to take its place.
        var old = $"{temporary}.old";
        Directory.Move(path, old);
        try
        {
            Directory.Move(temporary, path);
        }
        catch
        {
            Directory.Move(old, path);
            throw;
        }
        Discard(old);
    }

    private static void Discard(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Select(entry => Path.GetRelativePath(folder, entry));
}
