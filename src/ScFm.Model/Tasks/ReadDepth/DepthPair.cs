using MathNet.Numerics.Statistics;
using ScFm.Model.Cells;
using ScFm.Model.Metrics;

namespace ScFm.Model.Tasks.ReadDepth;

/// <summary>The same cells at two read depths: the shallow one is enhanced, the deep one tells what is right.</summary>
public sealed class DepthPair
{
    private readonly CsrMatrix truth;

    private DepthPair(AnnData deep, AnnData shallow)
    {
        var kept = Enumerable.Range(0, deep.CellCount).Where(cell => !shallow.X.RowIndices(cell).IsEmpty && !deep.X.RowIndices(cell).IsEmpty).ToArray();
        LeftOut = deep.CellCount - kept.Length;
        (Deep, Shallow) = (deep.SelectCells(kept), shallow.SelectCells(kept));
        truth = Normalisation.LogNormalise(Deep.X);
        TrueValues = Array.ConvertAll(truth.Values, value => (double)value);
    }

    /// <summary>The cells as they are to be enhanced, raw counts; each has a read.</summary>
    public AnnData Shallow { get; }

    /// <summary>The same cells and genes, sequenced deeper, raw counts.</summary>
    public AnnData Deep { get; }

    /// <summary>Cells that have no read at one of the depths, and so are not here.</summary>
    public int LeftOut { get; }

    /// <summary>True expression of each gene that a deep cell expresses, cell after cell: log1p of counts per 10,000.</summary>
    public double[] TrueValues { get; }

    /// <summary>The gene of each of <see cref="TrueValues"/>.</summary>
    public ReadOnlySpan<int> TrueGenes => truth.Indices;

    /// <summary>The median over cells of the shallow total over the deep one.</summary>
    public double Rate => Shallow.X.RowSums().Zip(Deep.X.RowSums(), (shallow, deep) => shallow / deep).Median();

    /// <summary>Simulates a shallow sequencing: each read is kept with the same probability.</summary>
    /// <param name="cells">Cells with raw counts, which become the deep ones.</param>
    /// <param name="rate">The share of reads to keep, above 0 and below 1.</param>
    /// <param name="seed">The same seed gives the same shallow cells.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate keeps nothing or all.</exception>
    /// <exception cref="InvalidDataException">The values are not raw counts.</exception>
    public static DepthPair Thin(AnnData cells, double rate, int seed)
    {
        if (!(rate > 0 && rate < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), FormattableString.Invariant($"The rate is {rate}; expected a number above 0 and below 1."));
        }
        Counts.Require(cells);
        return new DepthPair(cells, cells.WithX(Downsampling.Binomial(cells.X, rate, seed)));
    }

    /// <summary>Finds cells that were sequenced twice.</summary>
    /// <param name="profiles">Raw counts, one row a profile.</param>
    /// <param name="cell">The column of obs that says which cell a profile is of.</param>
    /// <param name="depth">The column of obs that says how deep a profile is.</param>
    /// <param name="deep">What that column says of a deep profile.</param>
    /// <param name="shallow">What it says of a shallow one.</param>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="InvalidDataException">The values are not raw counts, no cell has both profiles, or a cell has two of one depth.</exception>
    public static DepthPair Match(AnnData profiles, string cell, string depth, string deep, string shallow)
    {
        Counts.Require(profiles);
        var (cells, depths) = (profiles.Obs[cell], profiles.Obs[depth]);
        Dictionary<string, int> Of(string wanted)
        {
            var rows = new Dictionary<string, int>();
            foreach (var row in Enumerable.Range(0, profiles.CellCount).Where(row => depths.Text(row) == wanted))
            {
                if (!rows.TryAdd(cells.Text(row), row))
                {
                    throw new InvalidDataException($"The cell '{cells.Text(row)}' has two profiles with {depth} = {wanted}; expected one.");
                }
            }
            return rows;
        }
        var (deepRows, shallowRows) = (Of(deep), Of(shallow));
        string[] both = [.. deepRows.Keys.Where(shallowRows.ContainsKey)];
        if (both.Length == 0)
        {
            throw new InvalidDataException(
                $"No {cell} has a profile with {depth} = {deep} and one with {depth} = {shallow}; there are {deepRows.Count} and {shallowRows.Count}, expected pairs.");
        }
        AnnData Select(Dictionary<string, int> rows) => profiles.SelectCells(Array.ConvertAll(both, name => rows[name]));
        return new DepthPair(Select(deepRows), Select(shallowRows));
    }

    /// <summary>The pairs of some of the cells.</summary>
    public DepthPair SelectCells(ReadOnlySpan<int> cells) => new(Deep.SelectCells(cells), Shallow.SelectCells(cells));

    /// <summary>The pairs with some of the genes.</summary>
    public DepthPair SelectGenes(ReadOnlySpan<int> genes) => new(Deep.SelectGenes(genes), Shallow.SelectGenes(genes));

    /// <summary>Values at the genes that the deep cells express, in the order of <see cref="TrueValues"/>.</summary>
    /// <param name="expression">[cells, genes], as an enhancer gives for <see cref="Shallow"/>.</param>
    public double[] ValuesAt(DenseMatrix expression)
    {
        if (expression.Rows != truth.Rows || expression.Columns != truth.Columns)
        {
            throw new ArgumentException($"The expression is {expression.Rows} x {expression.Columns}; expected {truth.Rows} cells and {truth.Columns} genes.");
        }
        var values = new List<double>(TrueValues.Length);
        for (var cell = 0; cell < truth.Rows; cell++)
        {
            foreach (var gene in truth.RowIndices(cell))
            {
                values.Add(expression[cell, gene]);
            }
        }
        return [.. values];
    }

    /// <summary>How well an enhancer recovers the deep cells, over all genes that they express.</summary>
    /// <param name="expression">[cells, genes], as it gives for <see cref="Shallow"/>.</param>
    public RecoveryScores Score(DenseMatrix expression) => Reconstruction.OfExpressed<double>(TrueValues, ValuesAt(expression));
}
