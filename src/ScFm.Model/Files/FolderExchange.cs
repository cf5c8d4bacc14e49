using System.Runtime.InteropServices;

namespace ScFm.Model.Files;

/// <summary>Lets two folders change names in one step, which Linux can (renameat2, RENAME_EXCHANGE).</summary>
internal static partial class FolderExchange
{
    private const int WorkingFolder = -100; // AT_FDCWD
    private const uint Exchange = 2;

    /// <summary>Exchanges two folders of one file system; false where the system or the file system cannot, and nothing has changed.</summary>
    public static bool Try(string one, string other)
    {
        try
        {
            return OperatingSystem.IsLinux() && Rename(WorkingFolder, one, WorkingFolder, other, Exchange) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false; // a C library older than the call
        }
    }

    [LibraryImport("libc", EntryPoint = "renameat2", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(int oneFolder, string one, int otherFolder, string other, uint flags);
}
