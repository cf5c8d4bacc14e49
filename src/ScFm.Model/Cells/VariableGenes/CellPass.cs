using ScFm.Model.Metrics;
using ScFm.Model.Tables;

namespace ScFm.Model.Cells;

/// <summary>Goes through all cells in their order, batch by batch told apart, some of them in memory at a time.</summary>
internal sealed class CellPass
{
    private readonly ICellSource cells;
    private readonly VariableGeneOptions options;
    private readonly IProgress<int>? progress;
    private readonly CancellationToken cancellation;
    private readonly int[] batchOf;

    internal CellPass(ICellSource cells, VariableGeneOptions options, IProgress<int>? progress, CancellationToken cancellation)
    {
        (this.cells, this.options, this.progress, this.cancellation) = (cells, options, progress, cancellation);
        (batchOf, Batches) = options.BatchKey is null ? (new int[cells.CellCount], ["all cells"]) : Encode(cells.Obs[options.BatchKey]);
    }

    /// <summary>Names of the batches.</summary>
    internal IReadOnlyList<string> Batches { get; }

    /// <summary>Names of the genes.</summary>
    internal string[] Names => cells.VarNames;

    /// <summary>Number of genes.</summary>
    internal int Genes => cells.GeneCount;

    /// <summary>Mean and variance of every gene in every batch, of values changed cell by cell.</summary>
    /// <param name="change">Gives a cell's values from those that are stored; what is zero stays zero.</param>
    internal ColumnMoments[] Moments(Func<float[], double[]> change)
    {
        ColumnMoments[] moments = [.. Batches.Select(_ => new ColumnMoments(Genes))];
        Run((batch, indices, values) => moments[batch].AddSparse(indices, change(values)));
        return moments;
    }

    /// <summary>Calls <paramref name="visit"/> with each cell's batch, genes and values.</summary>
    internal void Run(Action<int, int[], float[]> visit)
    {
        progress?.Report(0);
        foreach (var (block, read) in cells.Blocks(cancellation: cancellation))
        {
            if (!options.LogNormalised)
            {
                Counts.Require(read);
            }
            for (var row = 0; row < read.Rows; row++)
            {
                visit(batchOf[block[row]], read.RowIndices(row).ToArray(), read.RowValues(row).ToArray());
            }
            progress?.Report(block[^1] + 1);
        }
    }

    private static (int[] Codes, IReadOnlyList<string> Names) Encode(Column column)
    {
        string[] labels = [.. ColumnLabels.Of(column).Select((label, cell) =>
            label ?? throw new ArgumentException($"Cell {cell} has no label in the column '{column.Name}'; expected the batch of every cell."))];
        var (codes, _) = Labels.Encode(labels);
        return (codes, [.. labels.Distinct()]);
    }
}
