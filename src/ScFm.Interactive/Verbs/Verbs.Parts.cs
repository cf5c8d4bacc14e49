using ScFm.Interactive.Hosting;
using ScFm.Model.Cells;
using ScFm.Model.Corpora;

namespace ScFm.Interactive.Verbs;

public static partial class Verbs
{
    private const string OutputHelp = ".h5ad file to write some cells at a time, however many there are; what was stopped goes on (default: cells are in memory)";
    private const string MinGenesHelp = "with --output: cells need more expressed genes than this (default: 200 for cells of a file)";
    private const string CompressHelp = "with --output: pack the file with gzip";

    /// <summary>The cells in memory: loaded, where they were named by a file.</summary>
    private static AnnData InMemory(ICellSource cells) => cells switch
    {
        AnnData inMemory => inMemory,
        CellFile file => file.Load(),
        _ => (cells as Corpus ?? Corpus.Of(cells, cells.Name)).Load(NotebookHost.Current.Cancellation),
    };
}
