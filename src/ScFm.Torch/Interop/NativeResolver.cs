using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ScFm.Torch.Extras;

namespace ScFm.Torch.Interop;

/// <summary>Finds libscfmtorch.so: the file named by SCFM_TORCH_NATIVE, a build for LIBTORCH in the user's cache, then the bundled one.</summary>
internal static class NativeResolver
{
#pragma warning disable CA2255 // It must stand before the first native call, whatever that call is.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Register() => NativeLibrary.SetDllImportResolver(typeof(NativeResolver).Assembly, Resolve);

    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != NativeMethods.Library) return IntPtr.Zero;
        // OpenMP reads these once, when libtorch brings it in. Threads that spin while they wait make small tensors many times slower on a busy machine;
        // threads that sleep at once take longer to wake than a layer of a small model to compute. So they spin for some microseconds.
        const int keepTheUsers = 0;
        unsafe
        {
            fixed (byte* setting = "OMP_WAIT_POLICY\0"u8, value = "passive\0"u8) _ = SetNativeEnvironment(setting, value, keepTheUsers);
            fixed (byte* setting = "GOMP_SPINCOUNT\0"u8, value = "2000\0"u8) _ = SetNativeEnvironment(setting, value, keepTheUsers);
        }

        return Load([.. Candidates()]);
    }

    // .NET's own SetEnvironmentVariable is not seen by native code.
    [DllImport("libc", EntryPoint = "setenv")]
    private static extern unsafe int SetNativeEnvironment(byte* name, byte* value, int overwrite);

    /// <summary>Loads the first of the files that exists and can be loaded.</summary>
    /// <exception cref="DllNotFoundException">None can; the message says what to install.</exception>
    internal static IntPtr Load(IReadOnlyList<string> candidates)
    {
        var failures = new List<string>();
        foreach (var candidate in candidates)
        {
            if (!File.Exists(candidate)) continue;
            try
            {
                return NativeLibrary.Load(candidate);
            }
            catch (DllNotFoundException e)
            {
                failures.Add(e.Message);
            }
        }

        throw new DllNotFoundException(failures.Count == 0
            ? $"libscfmtorch.so was not found in any of: {string.Join(", ", candidates)}."
            : "libscfmtorch.so could not be loaded, most likely because libtorch is missing: install it (Debian: apt-get install libtorch-dev) "
              + $"or name another one in LIBTORCH. The loader said: {failures[0]}");
    }

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("SCFM_TORCH_NATIVE") is { Length: > 0 } named) yield return named;
        if (Environment.GetEnvironmentVariable("LIBTORCH") is { Length: > 0 } libtorch)
            yield return NativeBuild.LibraryFor(libtorch);
        var beside = Path.GetDirectoryName(typeof(NativeResolver).Assembly.Location) is { Length: > 0 } folder ? folder : AppContext.BaseDirectory;
        yield return Path.Combine(beside, "libscfmtorch.so");
        yield return Path.Combine(beside, "runtimes", "linux-x64", "native", "libscfmtorch.so");
        // The layout of a package folder: lib/net10.0/ScFm.Torch.dll beside runtimes/.
        yield return Path.GetFullPath(Path.Combine(beside, "..", "..", "runtimes", "linux-x64", "native", "libscfmtorch.so"));
        yield return Path.Combine(AppContext.BaseDirectory, "libscfmtorch.so");
    }
}
