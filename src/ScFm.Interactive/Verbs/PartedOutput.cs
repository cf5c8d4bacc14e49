using ScFm.Interactive.Display;
using ScFm.Interactive.Hosting;
using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Launching;
using ScFm.Model.Parts;

namespace ScFm.Interactive.Verbs;

/// <summary>A file that a verb writes some cells at a time, and what a line says of it.</summary>
/// <param name="Path">The .h5ad file.</param>
/// <param name="Place">Where rows stand in it; null: where the task puts them.</param>
/// <param name="MinGenes">Cells need more expressed genes than this; null: 200 for cells of a file, any for those of a notebook.</param>
/// <param name="Compress">True to pack it with gzip.</param>
internal sealed record PartedOutput(string Path, ResultPlace? Place, int? MinGenes, bool Compress)
{
    private const string Ending = ".h5ad";

    /// <summary>What a line says; null where the cells are in memory.</summary>
    /// <exception cref="ArgumentException">No file is named, but an option for it, or ranks would share the work.</exception>
    public static PartedOutput? Of(string? output, string? place, int? minGenes, bool compress)
    {
        if (output is null)
        {
            return place is not null || minGenes is not null || compress
                ? throw new ArgumentException("--place, --min-genes and --compress say what goes to --output, which is not named; expected a file there.")
                : NotebookHost.Current.Ranks is not null
                ? throw new ArgumentException("Ranks share work whose result goes to a file, and --output is not named; expected a file there.")
                : null;
        }
        return output.EndsWith(Ending, StringComparison.Ordinal)
            ? new(output, place switch { "x" => ResultPlace.Matrix, "obsm" => ResultPlace.Obsm, "layer" => ResultPlace.Layer, _ => null }, minGenes, compress)
            : throw new ArgumentException($"--output is '{output}'; expected a name that ends in {Ending}.");
    }

    /// <summary>Computes a row for every cell and writes the file, together with the other ranks where there are any.</summary>
    /// <param name="what">What is done, for the progress line.</param>
    /// <param name="task">From cells to rows.</param>
    /// <param name="cells">The cells.</param>
    /// <exception cref="ArgumentException">The file is the one that the cells are in.</exception>
    public void Write(string what, PartedTask task, ICellSource cells)
    {
        var host = NotebookHost.Current;
        var file = cells as CellFile;
        if (file is not null && System.IO.Path.GetFullPath(file.Path) == System.IO.Path.GetFullPath(Path))
        {
            throw new ArgumentException($"--output is '{Path}', where the cells are read from; expected another file.");
        }
        var (source, least) = (file?.Cells ?? cells, MinGenes ?? (file is { IsVariable: false } ? new QualityOptions().MinGenes : null));
        var environment = RankEnvironment.Read();
        var options = new PartsOptions
        {
            Rank = environment?.Rank ?? 0,
            Ranks = environment?.WorldSize ?? 1,
            Cells = least is { } genes ? Expressing(source, genes) : null,
            Place = Place,
            Compress = Compress,
        };
        using var line = new ProgressLine(what, options.Cells?.Count ?? source.CellCount, host: host);
        try
        {
            PartedRun.Run(task, source, Path, options, new PartsLine(line), host.Cancellation);
        }
        catch (OperationCanceledException error) when (Directory.Exists(PartedRun.FolderOf(Path)))
        {
            throw new VerbException($"Interrupted; what is done stays in '{PartedRun.FolderOf(Path)}', and the same command goes on from there.", error);
        }
        line.Complete($"written to {Path}");
    }

    /// <summary>Which cells express more genes than a number; null where all do.</summary>
    private static int[]? Expressing(ICellSource cells, int minGenes)
    {
        using var line = new ProgressLine("Counting genes", cells.CellCount);
        var kept = QualityControl.Expressing(cells, minGenes, Verbs.Cells(line), NotebookHost.Current.Cancellation);
        line.Complete(FormattableString.Invariant($"{kept.Length:N0} express more than {minGenes} genes"));
        return kept.Length == cells.CellCount ? null : kept;
    }

    private sealed class PartsLine(ProgressLine line) : IProgress<PartsProgress>
    {
        public void Report(PartsProgress value) => line.Report(value.Done, note: value.IsWriting ? "writing the file" : null);
    }
}
