using ScFm.Model.Cells;
using ScFm.Model.Files;
using ScFm.Model.Models;
using ScFm.Model.Parts;
using ScFm.Model.Tables;

namespace ScFm.Model.Tests.Parts;

/// <summary>A task that needs no network: of each cell its place among all, its total and its number of expressed genes; it counts the cells that it was asked for.</summary>
internal sealed class CountedRows
{
    private int cells;

    internal int Cells => cells;

    internal PartedTask Task(string weights = "weights", object? settings = null, Action<int>? before = null) => new()
    {
        Name = "count",
        Model = new TextModel(weights),
        Settings = settings,
        Width = 3,
        Rows = (block, first, progress, cancellation) =>
        {
            before?.Invoke(first);
            cancellation.ThrowIfCancellationRequested();
            var rows = new DenseMatrix(block.CellCount, 3);
            var totals = block.X.RowSums();
            for (var cell = 0; cell < block.CellCount; cell++)
            {
                (rows[cell, 0], rows[cell, 1], rows[cell, 2]) = (first + cell, (float)totals[cell], block.X.RowIndices(cell).Length);
            }
            Interlocked.Add(ref cells, block.CellCount);
            progress?.Report(block.CellCount);
            return rows;
        },
    };

    /// <summary>Cells of which a twentieth of the values are not zero.</summary>
    internal static AnnData Source(int cells = 100, int genes = 40, int seed = 1)
    {
        var random = new Random(seed);
        var counts = new DenseMatrix(cells, genes);
        foreach (ref var value in counts.Values.AsSpan())
        {
            value = random.Next(20) == 0 ? random.Next(1, 9) : 0;
        }
        return new AnnData(
            CsrMatrix.FromDense(counts), [.. Enumerable.Range(0, cells).Select(cell => $"cell {cell}")], [.. Enumerable.Range(0, genes).Select(gene => $"G{gene}")],
            new(CategoryColumn.FromLabels("kind", Enumerable.Range(0, cells).Select(cell => cell % 3 == 0 ? "a" : "b"))));
    }

    /// <summary>What the rows of some cells are to be.</summary>
    internal static float[] Expected(AnnData cells) =>
        [.. cells.X.RowSums().SelectMany((total, cell) => new[] { cell, (float)total, cells.X.RowIndices(cell).Length })];

    private sealed class TextModel(string weights) : IModel
    {
        public void Save(string path) => AtomicFile.WriteText(path, weights);
    }
}
