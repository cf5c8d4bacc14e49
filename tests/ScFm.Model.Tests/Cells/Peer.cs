using System.Diagnostics;

namespace ScFm.Model.Tests.Cells;

/// <summary>Runs Python with Debian's anndata as an independent peer.</summary>
internal static class Peer
{
    private const string Python = "/usr/bin/python3";

    private static readonly Lazy<string?> Reason = new(() => !File.Exists(Python) ? $"{Python} is absent" :
        Start("import anndata").Error is { Length: > 0 } error ? $"Python has no anndata: {error.Trim().Split('\n')[^1]}" : null);

    /// <summary>Runs a script and gives what it printed; the test is skipped where there is no anndata.</summary>
    internal static string Run(string script)
    {
        if (Reason.Value is { } reason)
        {
            Assert.Skip(reason);
        }
        var (output, error, code) = Start("import warnings; warnings.simplefilter('ignore')\nimport anndata, numpy as np, pandas as pd, scipy.sparse as sp\n" + script);
        Assert.True(code == 0, error);
        return output;
    }

    private static (string Output, string Error, int Code) Start(string script)
    {
        var start = new ProcessStartInfo(Python) { RedirectStandardOutput = true, RedirectStandardError = true, ArgumentList = { "-c", script } };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (output, process.ExitCode == 0 ? "" : error.Result, process.ExitCode);
    }
}
