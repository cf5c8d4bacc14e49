using System.Globalization;
using System.Runtime.InteropServices;
using ScFm.Kernel.Protocol;

namespace ScFm.Kernel.Session;

/// <summary>Ends the kernel when the Jupyter server that started it is gone.</summary>
internal static partial class ParentWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Watches the process that <c>JPY_PARENT_PID</c> names; without it, nobody is watched.</summary>
    internal static void Start(Action gone)
    {
        if (!int.TryParse(Environment.GetEnvironmentVariable("JPY_PARENT_PID"), CultureInfo.InvariantCulture, out var parent) || parent <= 1)
        {
            return;
        }

        var isDirectParent = getppid() == parent;
        var thread = new Thread(() =>
        {
            // A launcher may stand between: then only the existence of the process can be asked for.
            while (isDirectParent ? getppid() == parent : kill(parent, 0) == 0)
            {
                Thread.Sleep(Interval);
            }

            KernelLog.Write($"The parent process {parent} is gone; the kernel ends.");
            gone();
        })
        { IsBackground = true, Name = "parent watch" };
        thread.Start();
    }

    [LibraryImport("libc")]
    private static partial int getppid();

    [LibraryImport("libc")]
    private static partial int kill(int process, int signal);
}
