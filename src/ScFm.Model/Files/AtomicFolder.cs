namespace ScFm.Model.Files;

/// <summary>Writes folders that appear whole or not at all, even where the power goes.</summary>
public static class AtomicFolder
{
    private const int MostNamed = 5;
    private const string TemporaryEnding = ".tmp";
    private const string LockEnding = ".lock";

    /// <summary>Writes to a temporary folder beside the target, waits until it is on the disk, then renames it; the target is untouched where anything fails.</summary>
    /// <remarks>What a process left that was killed while it wrote the same target is cleared first; what another one is still writing is not.</remarks>
    /// <param name="path">The folder to create or replace; missing folders above it are made.</param>
    /// <param name="write">Writes the content into the folder that it is given.</param>
    /// <param name="owned">True for a file's name that may be lost when the folder is replaced. Default: none may.</param>
    /// <exception cref="IOException">The path is a file, or a folder that holds what the new one would not: that would be lost.</exception>
    public static void Write(string path, Action<string> write, Predicate<string>? owned = null)
    {
        path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (File.Exists(path))
        {
            throw new IOException($"'{path}' is a file; expected a folder or a new name.");
        }
        var above = Path.GetDirectoryName(path) ?? throw new IOException($"'{path}' is the root of the disk; expected a folder in it.");
        Directory.CreateDirectory(above);
        ClearLeftovers(path, above);
        var temporary = $"{path}.{Guid.NewGuid():N}{TemporaryEnding}";
        using var writing = new FileStream(temporary + LockEnding, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        Directory.CreateDirectory(temporary);
        try
        {
            write(temporary);
            DiskFlush.Tree(temporary);
            Replace(path, temporary, owned ?? (_ => false));
            DiskFlush.Folder(above);
        }
        finally
        {
            Discard(temporary);
        }
    }

    private static void Replace(string path, string temporary, Predicate<string> owned)
    {
        if (!Directory.Exists(path))
        {
            Directory.Move(temporary, path);
            return;
        }
        string[] lost = [.. Names(path).Except(Names(temporary)).Where(name => !owned(name)).Take(MostNamed + 1)]; // no more are looked for: the folder may be someone's home
        if (lost.Length > 0)
        {
            throw new IOException($"'{path}' holds {string.Join(", ", lost.Take(MostNamed))}{(lost.Length > MostNamed ? ", ..." : "")}, which would be lost; expected a new folder, an empty one, or one that was written before.");
        }
        if (FolderExchange.Try(temporary, path))
        {
            return;
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

    /// <summary>Deletes temporary folders of this target whose writers are gone: the lock beside a folder ends with the process that holds it.</summary>
    private static void ClearLeftovers(string path, string above)
    {
        foreach (var held in Directory.EnumerateFiles(above, $"{Path.GetFileName(path)}.*{TemporaryEnding}{LockEnding}").ToArray())
        {
            var temporary = held[..^LockEnding.Length];
            if (!Guid.TryParseExact(Path.GetFileNameWithoutExtension(temporary)[(Path.GetFileName(path).Length + 1)..], "N", out _))
            {
                continue;
            }
            try
            {
                using var taken = new FileStream(held, FileMode.Open, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
                Discard(temporary);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Someone is still writing there, or it belongs to another user.
            }
        }
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
