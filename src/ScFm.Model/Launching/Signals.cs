using System.Runtime.InteropServices;

namespace ScFm.Model.Launching;

/// <summary>Signals to other processes.</summary>
internal static partial class Signals
{
    /// <summary>Asks a process to end (SIGTERM); unlike Ctrl-C's it is not ignored by what a shell started in the background.</summary>
    public const int Terminate = 15;

    private const int ExitBySignal = 128; // shells and .NET add it to the number of the signal that ended a process

    /// <summary>Sends a signal; nothing happens where the process is gone.</summary>
    public static void Send(int process, int signal) => _ = Kill(process, signal);

    /// <summary>How a process ended, in words.</summary>
    public static string Describe(int exitCode) => (exitCode - ExitBySignal) switch
    {
        2 => "was ended by SIGINT",
        6 => "was ended by SIGABRT",
        7 => "was ended by SIGBUS",
        9 => "was ended by SIGKILL, as a system does that runs out of memory",
        11 => "was ended by SIGSEGV",
        Terminate => "was ended by SIGTERM",
        > 0 and var other => $"was ended by signal {other}",
        _ => $"ended with exit code {exitCode}",
    };

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
