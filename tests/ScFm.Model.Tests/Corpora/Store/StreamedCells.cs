using ScFm.Model.Cells;
using ScFm.Model.Tables;

namespace ScFm.Model.Tests.Corpora.Store;

/// <summary>Simulated cells of any number that exist only while they are read; a cell's values depend on its number alone.</summary>
internal sealed class StreamedCells : ICellSource
{
    private readonly int valuesPerCell;
    private readonly float step;

    /// <summary>Makes cells.</summary>
    /// <param name="cells">Number of cells.</param>
    /// <param name="genes">Number of genes.</param>
    /// <param name="valuesPerCell">Stored values of most cells; every tenth has a third of them.</param>
    /// <param name="step">What the values are multiples of: 1 makes counts. Default: 1.</param>
    internal StreamedCells(int cells, int genes, int valuesPerCell, float step = 1)
    {
        (this.valuesPerCell, this.step, CellCount) = (valuesPerCell, step, cells);
        ObsNames = [.. Enumerable.Range(0, cells).Select(cell => $"cell-{cell}")];
        VarNames = [.. Enumerable.Range(0, genes).Select(gene => $"gene-{gene}")];
        Obs = new Table(new IntegerColumn("number", [.. Enumerable.Range(0, cells).Select(cell => (long)cell)]));
    }

    public string Name => "streamed";

    public string Identity => $"streamed {CellCount} {valuesPerCell} {step}";

    public int CellCount { get; }

    public string[] ObsNames { get; }

    public string[] VarNames { get; }

    public Table Obs { get; }

    /// <summary>Called before cells are read, with the number of the first.</summary>
    internal Action<int>? BeforeReading { get; init; }

    public CsrMatrix Read(ReadOnlySpan<int> cells, CancellationToken cancellation = default)
    {
        BeforeReading?.Invoke(cells[0]);
        var offsets = new long[cells.Length + 1];
        for (var i = 0; i < cells.Length; i++)
        {
            offsets[i + 1] = offsets[i] + (cells[i] % 10 == 9 ? valuesPerCell / 3 : valuesPerCell);
        }
        var (genes, values) = (new int[offsets[^1]], new float[offsets[^1]]);
        for (var i = 0; i < cells.Length; i++)
        {
            var count = (int)(offsets[i + 1] - offsets[i]);
            var gap = VarNames.Length / valuesPerCell;
            var state = (uint)cells[i] * 2654435761 + 1;
            for (var j = 0; j < count; j++)
            {
                state ^= state << 13;
                state ^= state >> 17;
                state ^= state << 5;
                genes[offsets[i] + j] = j * gap + (int)(state % (uint)gap);
                values[offsets[i] + j] = (1 + (state >> 16) % (cells[i] % 7 == 3 ? 3000u : 9u)) * step;
            }
        }
        return new CsrMatrix(cells.Length, VarNames.Length, offsets, genes, values);
    }

    /// <summary>Asserts that a store's cell is the cell of this source that it is named after.</summary>
    internal void AssertSame(ICellSource store, params int[] places)
    {
        var found = store.Read(places);
        var expected = Read([.. places.Select(place => int.Parse(store.ObsNames[place]["cell-".Length..]))]);
        Assert.Equal(expected.Offsets, found.Offsets);
        Assert.Equal(expected.Indices, found.Indices);
        Assert.Equal(expected.Values, found.Values);
    }
}
