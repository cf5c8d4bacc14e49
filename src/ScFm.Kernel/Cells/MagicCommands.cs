using ScFm.Interactive.Hosting;
using ScFm.Interactive.Verbs;

namespace ScFm.Kernel.Cells;

/// <summary>The lines that start with <c>#!</c>.</summary>
internal sealed class MagicCommands(INotebookHost host)
{
    internal const string Time = "#!time";
    private const string Verb = "#!scfm";
    private const string Help = "#!help";

    /// <summary>Names the language of a cell in notebooks of other kernels; here there is only one.</summary>
    private const string CSharp = "#!csharp";

    private const string HelpText =
        """
        A cell is C#. The value of a last line without a semicolon is shown; display(x) shows x at once and can update it; HTML("...") is markup.
          #r "nuget: Name, Version"   loads a package; the version may be left out
          #r "path.dll"               loads an assembly
          #i "nuget: source"          adds a feed or a folder of packages
          #!scfm <verb> ...           runs a verb; #!scfm help lists them
          #!time                      prints how long the rest of the cell takes
          #!help                      prints this
        NotebookHost.Current.Cancellation fires when the cell is interrupted.
        """;

    /// <summary>Runs one command.</summary>
    /// <exception cref="MagicCommandException">There is no such command, or it failed.</exception>
    internal void Run(string line, CellContext cell)
    {
        var words = line.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries);
        switch (words[0])
        {
            case Verb:
                RunVerb(words.Length > 1 ? words[1].Trim() : "help", cell);
                break;
            case Help:
                Console.WriteLine(HelpText);
                break;
            case CSharp:
                break;
            default:
                throw new MagicCommandException($"'{words[0]}' is not a magic command: {Verb}, {Time} or {Help} was expected.");
        }
    }

    /// <summary>What may follow a magic line typed so far.</summary>
    internal static IEnumerable<string> Complete(string line) =>
        line.StartsWith(Verb + " ", StringComparison.Ordinal)
            ? VerbCommands.Complete(line[(Verb.Length + 1)..])
            : new[] { Verb, Time, Help }.Where(command => command.StartsWith(line, StringComparison.Ordinal));

    private void RunVerb(string line, CellContext cell)
    {
        try
        {
            InterruptibleCall.Run(
                () =>
                {
                    VerbCommands.RunMagic(line, host);
                    return Task.FromResult(true);
                },
                cell.Force);
        }
        catch (VerbException e)
        {
            throw new MagicCommandException(e.Message);
        }
    }
}
