using System.Reflection;
using ScFm.Model.Launching;

namespace ScFm.Interactive.Hosting;

/// <summary>The program scfm, of which ranks are processes.</summary>
internal static class ScfmProgram
{
    private const string Name = "scfm";
    private const string Variable = "SCFM_PROGRAM";

    /// <summary>The program with a command: this very process's where that is scfm, otherwise the one that SCFM_PROGRAM names, or that of the PATH.</summary>
    /// <remarks>In the ScFm kernel and on a command line it is this process's own; in other hosts, such as .NET Interactive, it is the .NET tool.</remarks>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static RankProgram With(IReadOnlyList<string> words)
    {
        if (Assembly.GetEntryAssembly()?.GetName().Name == Name)
        {
            return RankProgram.This(words);
        }
        var found = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, Name)).FirstOrDefault(File.Exists);
        return File.Exists(found)
            ? new RankProgram(found, words)
            : throw new FileNotFoundException($"The program {Name} was not found{(found is null ? "" : $" at '{found}'")}; expected it on the PATH, or its path in {Variable}: ranks are processes of it.");
    }
}
