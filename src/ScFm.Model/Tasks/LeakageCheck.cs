using ScFm.Model.Cells;
using ScFm.Model.Corpora;

namespace ScFm.Model.Tasks;

/// <summary>Finds cells to train on that are copies of scored ones: the same counts under another file or name, which no bookkeeping of rows can see.</summary>
internal static class LeakageCheck
{
    private const int LeastGenes = 20; // nearly empty cells are alike by chance

    /// <summary>Returns quietly where no cell to train on has the counts of a scored one.</summary>
    /// <param name="scored">Scored cells, and what scores them in words, such as "the evaluation 'blood' scores".</param>
    /// <param name="trained">All cells that any training takes, in the same genes.</param>
    /// <param name="cancellation">Stops between two blocks.</param>
    /// <exception cref="InvalidDataException">One has; the message names both.</exception>
    internal static void Require(IEnumerable<(ICellSource Cells, string By)> scored, Corpus trained, CancellationToken cancellation)
    {
        var known = new Dictionary<string, (ICellSource Cells, int Cell, string By)>();
        foreach (var (source, by) in scored)
        {
            foreach (var (cells, values) in source.Blocks(cancellation: cancellation))
            {
                for (var row = 0; row < cells.Length; row++)
                {
                    known[CountsOf(values, row)] = (source, cells[row], by);
                }
            }
        }
        foreach (var (cells, values) in trained.Blocks(cancellation: cancellation))
        {
            for (var row = 0; row < cells.Length; row++)
            {
                if (values.RowIndices(row).Length >= LeastGenes && known.TryGetValue(CountsOf(values, row), out var same))
                {
                    throw new InvalidDataException(
                        $"The cell {Named(trained, cells[row])}, which is to be trained on, has the same counts as {Named(same.Cells, same.Cell)}, which {same.By}; expected no cell twice in the plan.");
                }
            }
        }
    }

    private static string Named(ICellSource cells, int cell) => $"'{cells.ObsNames[cell]}' of {cells.Obs[CorpusSource.Column].Text(cell)}";

    private static string CountsOf(CsrMatrix values, int row) => Fingerprint.Of(hash => hash.Add(values.RowIndices(row)).Add<float>(values.RowValues(row)));
}
