using System.Diagnostics;

namespace ScFm.Kernel.Packages;

/// <summary>The <c>dotnet</c> command of the SDK.</summary>
internal static class DotnetCommand
{
    /// <summary>Runs it and waits.</summary>
    /// <exception cref="PackageException">It failed; the message holds the errors that it printed.</exception>
    /// <exception cref="OperationCanceledException">The cell was interrupted; the command is ended.</exception>
    internal static void Run(IReadOnlyList<string> arguments, string folder, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(Find(), arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        using var ended = cancellation.Register(() => process.Kill(entireProcessTree: true));
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        if (process.ExitCode != 0)
        {
            throw new PackageException(Explain(output + errors.GetAwaiter().GetResult()));
        }
    }

    private static string Find()
    {
        var beside = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", "dotnet"));
        return File.Exists(beside) ? beside : "dotnet";
    }

    /// <summary>The error lines without the file that no user knows, each once.</summary>
    private static string Explain(string output)
    {
        const string mark = "error ";
        string[] errors = [.. output.Split('\n')
            .Where(line => line.Contains(mark, StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf(mark, StringComparison.Ordinal) + mark.Length)..].Split(" [/")[0].Trim())
            .Distinct()];
        return errors.Length > 0 ? string.Join('\n', errors) : $"dotnet restore failed: {output.Trim()}";
    }
}
