using System.Runtime.InteropServices;

namespace ScFm.Interactive.Tests.Verbs;

/// <summary>Lets this process map only so much more memory while it lasts, so that a real allocation really fails.</summary>
internal sealed partial class MemoryLimit : IDisposable
{
    private const int AddressSpace = 9;
    private readonly Limit before;

    public MemoryLimit(long headroom)
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("A limit on memory is set with Linux's prlimit.");
        }
        var pages = ulong.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[0]);
        Set(new Limit { Soft = pages * (ulong)Environment.SystemPageSize + (ulong)headroom, Hard = Current().Hard }, out before);
    }

    public void Dispose() => Set(before, out _);

    private static Limit Current()
    {
        Assert.Equal(0, Read(0, AddressSpace, 0, out var limit));
        return limit;
    }

    private static void Set(in Limit limit, out Limit old) => Assert.Equal(0, Change(0, AddressSpace, limit, out old));

    [LibraryImport("libc", EntryPoint = "prlimit")]
    private static partial int Change(int process, int resource, in Limit limit, out Limit old);

    [LibraryImport("libc", EntryPoint = "prlimit")]
    private static partial int Read(int process, int resource, nint unchanged, out Limit limit);

    private struct Limit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
