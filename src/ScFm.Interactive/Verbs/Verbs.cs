using ScFm.Interactive.Display;
using ScFm.Interactive.Hosting;

namespace ScFm.Interactive.Verbs;

/// <summary>What a researcher does with cells and models.</summary>
/// <remarks>
/// Each method that carries <see cref="VerbAttribute"/> is at once a C# method, the magic command <c>#!scfm NAME --option value</c> and the command
/// <c>scfm NAME --option value</c>: its parameters are the options. Progress, figures and tables go to <see cref="NotebookHost.Current"/>.
/// </remarks>
/// <example><code>
/// var cells = Verbs.Load("samples-data/pbmc-simulated");
/// var model = Verbs.Pretrain(cells, epochs: 3);
/// Verbs.Embed(model, cells);
/// Verbs.Cluster(cells);
/// </code></example>
public static partial class Verbs
{
    private const int CellsToSee = 9_000; // some minutes for a tiny model on two cores

    private static void Show(object value) => NotebookHost.Current.Display(MimeFormatter.Format(value));

    private static void Say(string sentence) => Console.WriteLine(sentence);

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names.DefaultIfEmpty("nothing"));

    /// <summary>The names in a list with commas between.</summary>
    private static string[] Names(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    internal static IProgress<int> Cells(ProgressLine line) => new CellCount(line);

    /// <summary>Reports on the caller's thread, unlike <see cref="Progress{T}"/>.</summary>
    private sealed class CellCount(ProgressLine line) : IProgress<int>
    {
        public void Report(int value) => line.Report(value);
    }
}
