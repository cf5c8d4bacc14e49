using System.Diagnostics;

namespace ScFm.Model.Tests.Graphs;

/// <summary>Runs one test again in a process of its own, where environment variables differ.</summary>
internal static class ChildRun
{
    private const string OutVariable = "SCFM_TEST_CHILD_OUT";

    /// <summary>In the child: the file that its answer goes to. Null in the parent.</summary>
    internal static string? Out => Environment.GetEnvironmentVariable(OutVariable);

    /// <summary>What the child wrote.</summary>
    internal static string Of(Type type, string method, params (string Name, string Value)[] environment)
    {
        var answer = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("dotnet", [type.Assembly.Location, "-method", $"{type.FullName}.{method}"]) { RedirectStandardOutput = true };
            start.Environment[OutVariable] = answer;
            foreach (var (name, value) in environment)
            {
                start.Environment[name] = value;
            }
            using var child = Process.Start(start)!;
            var output = child.StandardOutput.ReadToEnd();
            child.WaitForExit();
            Assert.True(child.ExitCode == 0, output);
            return File.ReadAllText(answer);
        }
        finally
        {
            File.Delete(answer);
        }
    }
}
