namespace ScFm.Model.Files;

/// <summary>Writes files that appear whole or not at all, even where the power goes.</summary>
public static class AtomicFile
{
    /// <summary>Writes to a temporary file beside the target, waits until it is on the disk, then renames it; the target is untouched where anything fails.</summary>
    /// <param name="path">The file to create or replace; missing folders are made.</param>
    /// <param name="write">Writes the content.</param>
    public static void Write(string path, Action<Stream> write)
    {
        path = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
            DiskFlush.Folder(folder);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Writes text; see <see cref="Write"/>.</summary>
    public static void WriteText(string path, string text) =>
        Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
}
