using System.Runtime.InteropServices;

namespace ScFm.Model.Files;

/// <summary>Makes sure that files and folders outlast a loss of power.</summary>
internal static partial class DiskFlush
{
    private const int ReadOnly = 0;
    private const int CloseOnExec = 0x80000; // O_CLOEXEC on Linux

    /// <summary>Waits until a file is on the disk.</summary>
    public static void File(string path)
    {
        using var handle = System.IO.File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(handle);
    }

    /// <summary>Waits until all files of a folder, and the folders themselves, are on the disk.</summary>
    public static void Tree(string folder, CancellationToken cancellation = default)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            cancellation.ThrowIfCancellationRequested();
            File(file);
        }
        foreach (var inner in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories).Append(folder))
        {
            Folder(inner);
        }
    }

    /// <summary>Waits until a folder's list of names is on the disk. Where the system has no such call, or the file system refuses it, nothing is waited for.</summary>
    public static void Folder(string folder)
    {
        if (!OperatingSystem.IsLinux() || Open(folder, ReadOnly | CloseOnExec) is not (>= 0 and var descriptor))
        {
            return;
        }
        _ = Flush(descriptor);
        _ = Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Flush(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
