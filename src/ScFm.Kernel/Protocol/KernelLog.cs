namespace ScFm.Kernel.Protocol;

/// <summary>The kernel's own messages, on the standard error of the process (the log of the Jupyter server).</summary>
internal static class KernelLog
{
    /// <summary>Kept before cells take over <see cref="Console.Error"/>.</summary>
    private static readonly TextWriter Log = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardError()) { AutoFlush = true });

    internal static void Write(string message) => Log.WriteLine($"[scfm {DateTime.Now:HH:mm:ss}] {message}");
}
