namespace ScFm.Kernel.Tests.Support;

/// <summary>Jupyter as this machine has it, with the kernel under test installed once for all tests.</summary>
internal static class Jupyter
{
    private const string Python = "/usr/bin/python3";
    private static readonly Lazy<bool> isThere = new(() =>
        File.Exists(Python) && Scfm.Command(Python, new Dictionary<string, string>(), "-c", "import nbclient, nbconvert").ExitCode == 0);
    private static readonly Lazy<string> kernels = new(Install);

    /// <summary>Skips the test where there is no Jupyter.</summary>
    internal static void Require()
    {
        if (!isThere.Value)
        {
            Assert.Skip("Jupyter's nbclient and nbconvert are not installed (Debian: python3-nbclient, python3-nbconvert).");
        }
    }

    /// <summary>Runs Python in a folder; what it starts finds the kernel.</summary>
    internal static (int ExitCode, string Output) Run(string folder, params string[] arguments)
    {
        var environment = new Dictionary<string, string> { ["JUPYTER_PATH"] = kernels.Value, ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1", ["OMP_WAIT_POLICY"] = "passive" };
        return Scfm.Command("/usr/bin/env", environment, ["--chdir", folder, Python, .. arguments]);
    }

    /// <summary>Executes a notebook through nbclient.</summary>
    /// <param name="source">The notebook; its cells run in its folder.</param>
    /// <param name="executed">Where the executed one is written.</param>
    /// <param name="options">Time for a cell, in seconds. Default: execute.py's.</param>
    internal static void Execute(string source, string executed, params string[] options)
    {
        (int exitCode, string output) = Run(Path.GetDirectoryName(source)!, [Path.Combine(AppContext.BaseDirectory, "Notebooks", "execute.py"), source, executed, .. options]);
        Assert.True(exitCode == 0, output);
    }

    private static string Install()
    {
        var prefix = Path.Combine(AppContext.BaseDirectory, "jupyter");
        Assert.Equal(0, Scfm.Run("kernel", "install", "--prefix", prefix).ExitCode);
        return Path.Combine(prefix, "share", "jupyter");
    }
}
