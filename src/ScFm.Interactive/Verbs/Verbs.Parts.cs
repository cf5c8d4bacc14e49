using ScFm.Interactive.Display;
using ScFm.Interactive.Hosting;
using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Launching;
using ScFm.Model.Parts;

namespace ScFm.Interactive.Verbs;

public static partial class Verbs
{
    private const string OutputHelp = ".h5ad file to write some cells at a time, however many there are; what was stopped goes on (default: cells are in memory)";
    private const string MinGenesHelp = "with --output: cells need more expressed genes than this (default: 200 for cells of a file)";
    private const string CompressHelp = "with --output: pack the file with gzip";
    private const string OutputEnding = ".h5ad";

    /// <summary>True where a verb's result goes to a file some cells at a time.</summary>
    /// <exception cref="ArgumentException">There is none, but an option for it, or ranks that would share the work.</exception>
    private static bool IsParted(string? output, string? place, int? minGenes, bool compress)
    {
        if (output is null && (place is not null || minGenes is not null || compress))
        {
            throw new ArgumentException("--place, --min-genes and --compress say what goes to --output, which is not named; expected a file there.");
        }
        if (output is null && NotebookHost.Current.Ranks is not null)
        {
            throw new ArgumentException("Ranks share work whose result goes to a file, and --output is not named; expected a file there.");
        }
        return output is null || output.EndsWith(OutputEnding, StringComparison.Ordinal)
            ? output is not null
            : throw new ArgumentException($"--output is '{output}'; expected a name that ends in {OutputEnding}.");
    }

    /// <summary>The cells in memory: loaded, where they were named by a file.</summary>
    private static AnnData InMemory(ICellSource cells) => cells switch
    {
        AnnData inMemory => inMemory,
        CellFile file => file.Load(),
        _ => (cells as Corpus ?? Corpus.Of(cells, cells.Name)).Load(NotebookHost.Current.Cancellation),
    };

    /// <summary>Computes a row for every cell and writes the file, together with the other ranks where there are any.</summary>
    private static void InParts(string what, PartedTask task, ICellSource cells, string output, string? place, int? minGenes, bool compress)
    {
        var host = NotebookHost.Current;
        var file = cells as CellFile;
        if (file is not null && Path.GetFullPath(file.Path) == Path.GetFullPath(output))
        {
            throw new ArgumentException($"--output is '{output}', where the cells are read from; expected another file.");
        }
        var (source, least) = (file?.Cells ?? cells, minGenes ?? (file is { IsVariable: false } ? new QualityOptions().MinGenes : null));
        var environment = RankEnvironment.Read();
        var options = new PartsOptions
        {
            Rank = environment?.Rank ?? 0,
            Ranks = environment?.WorldSize ?? 1,
            Cells = least is { } genes ? Expressing(source, genes) : null,
            Place = place switch { "x" => ResultPlace.Matrix, "obsm" => ResultPlace.Obsm, "layer" => ResultPlace.Layer, _ => null },
            Compress = compress,
        };
        using var line = new ProgressLine(what, options.Cells?.Count ?? source.CellCount, host: host);
        try
        {
            PartedRun.Run(task, source, output, options, new PartsLine(line), host.Cancellation);
        }
        catch (OperationCanceledException error) when (Directory.Exists(PartedRun.FolderOf(output)))
        {
            throw new VerbException($"Interrupted; what is done stays in '{PartedRun.FolderOf(output)}', and the same command goes on from there.", error);
        }
        line.Complete($"written to {output}");
    }

    /// <summary>Which cells express more genes than a number; null where all do.</summary>
    private static int[]? Expressing(ICellSource cells, int minGenes)
    {
        using var line = new ProgressLine("Counting genes", cells.CellCount);
        var kept = QualityControl.Expressing(cells, minGenes, Cells(line), NotebookHost.Current.Cancellation);
        line.Complete(FormattableString.Invariant($"{kept.Length:N0} express more than {minGenes} genes"));
        return kept.Length == cells.CellCount ? null : kept;
    }

    private sealed class PartsLine(ProgressLine line) : IProgress<PartsProgress>
    {
        public void Report(PartsProgress value) => line.Report(value.Done, note: value.IsWriting ? "writing the file" : null);
    }
}
