using System.Diagnostics;

namespace ScFm.Kernel.Tests.Support;

/// <summary>The real program.</summary>
internal static class Scfm
{
    internal static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "scfm");

    internal static (int ExitCode, string Output) Run(params string[] arguments) => Run(new Dictionary<string, string>(), arguments);

    internal static (int ExitCode, string Output) Run(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        Command(Program, environment, arguments);

    /// <summary>Runs a program and waits for it; its two outputs come together.</summary>
    internal static (int ExitCode, string Output) Command(string program, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((var name, var value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.GetAwaiter().GetResult());
    }
}
