namespace ScFm.Model.Cells;

/// <summary>Tells raw counts from values that were normalised, logged or scaled.</summary>
public static class Counts
{
    // log1p of the largest libraries (10 million reads in one gene) stays below 17, log2 below 24.
    private const double LargestLog = 25;

    /// <summary>Judges what the values of a matrix are.</summary>
    /// <param name="matrix">[cells, genes].</param>
    public static CountVerdict Judge(CsrMatrix matrix)
    {
        var (negative, whole, smallest, largest) = (0L, 0L, double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in matrix.Values)
        {
            if (!float.IsFinite(value))
            {
                return new CountVerdict(CountKind.Invalid, Text($"a value is {value}."), 0, 0, double.NaN, double.NaN, double.NaN);
            }
            negative += value < 0 ? 1 : 0;
            whole += value % 1 == 0 ? 1 : 0;
            (smallest, largest) = (Math.Min(smallest, value), Math.Max(largest, value));
        }
        if (matrix.NonZeros == 0)
        {
            return new CountVerdict(CountKind.Raw, "every value is zero.", 0, 1, 0, 0, double.NaN);
        }
        var (negativeShare, wholeShare) = ((double)negative / matrix.NonZeros, (double)whole / matrix.NonZeros);
        var (kind, evidence, logBase) = (negative > 0, whole == matrix.NonZeros) switch
        {
            (true, true) => (CountKind.Invalid, Text($"all values are whole numbers, but {negativeShare:P1} are negative, the smallest {smallest}."), double.NaN),
            (true, false) => (CountKind.Scaled, Text($"{negativeShare:P1} of the values are negative, the smallest {smallest:G4}."), double.NaN),
            (false, true) => (CountKind.Raw, Text($"all {matrix.NonZeros:N0} values that are not zero are whole numbers from {smallest} to {largest}."), double.NaN),
            _ => JudgeFractions(matrix, wholeShare, smallest, largest),
        };
        return new CountVerdict(kind, evidence, negativeShare, wholeShare, smallest, largest, logBase);
    }

    /// <summary>Returns quietly where X holds raw counts.</summary>
    /// <param name="cells">The cells.</param>
    /// <exception cref="InvalidDataException">X holds something else; the message names it and says how to get counts.</exception>
    public static void Require(AnnData cells) => Require(cells.X);

    /// <summary>Names the first cell without an expressed gene.</summary>
    /// <param name="cells">The cells.</param>
    /// <exception cref="InvalidDataException">There is such a cell.</exception>
    public static void RequireExpression(AnnData cells) => RequireExpression(cells.X, [.. Enumerable.Range(0, cells.CellCount)], cells.ObsNames);

    /// <summary>Returns quietly where a matrix holds raw counts.</summary>
    /// <param name="matrix">[cells, genes].</param>
    /// <exception cref="InvalidDataException">It holds something else; the message names it and says how to get counts.</exception>
    public static void Require(CsrMatrix matrix)
    {
        var verdict = Judge(matrix);
        if (verdict.Kind != CountKind.Raw)
        {
            throw new InvalidDataException($"Raw counts are needed, but the values are {verdict.Name}: {verdict.Evidence} {Advice(verdict.Kind)}");
        }
    }

    /// <summary>Names the first of some cells without an expressed gene.</summary>
    /// <param name="values">Their values.</param>
    /// <param name="cells">Which cells of all they are.</param>
    /// <param name="names">The names of all cells.</param>
    /// <exception cref="InvalidDataException">There is such a cell.</exception>
    internal static void RequireExpression(CsrMatrix values, ReadOnlySpan<int> cells, string[] names)
    {
        for (var row = 0; row < values.Rows; row++)
        {
            if (values.RowIndices(row).IsEmpty)
            {
                throw NoExpression(cells[row], names[cells[row]], values.Columns);
            }
        }
    }

    /// <summary>What is wrong with a cell without an expressed gene.</summary>
    internal static InvalidDataException NoExpression(int cell, string name, int genes) =>
        new($"Cell {cell} ('{name}') has no expressed gene among {genes}; expected at least one: filter the cells first.");

    private static (CountKind Kind, string Evidence, double LogBase) JudgeFractions(CsrMatrix matrix, double wholeShare, double smallest, double largest)
    {
        var range = Text($"{1 - wholeShare:P1} of the values that are not zero are fractions, from {smallest:G4} to {largest:G4}");
        if (WholeMultiples.Share(matrix, value => value) is > 0.9 and var multiples)
        {
            return (CountKind.Normalised, Text($"{range}, and in {multiples:P0} of the cells they are whole multiples of the smallest."), double.NaN);
        }
        if (largest > LargestLog)
        {
            return (CountKind.Normalised, Text($"{range}, too large for logarithms."), double.NaN);
        }
        foreach (var (logBase, name) in (ReadOnlySpan<(double, string)>)[(Math.E, "exp"), (2, "2 to the power"), (10, "10 to the power")])
        {
            var scale = Math.Log(logBase);
            if (WholeMultiples.Share(matrix, value => Math.Exp(value * scale) - 1) is > 0.9 and var logged)
            {
                return (CountKind.LogNormalised, Text($"{range}, and in {logged:P0} of the cells {name} of the values, less 1, are whole multiples of the smallest."), logBase);
            }
        }
        return (CountKind.LogNormalised, Text($"{range}, small enough for logarithms."), double.NaN);
    }

    private static string Advice(CountKind kind) => kind switch
    {
        CountKind.LogNormalised or CountKind.Normalised => "CountRecovery.Recover brings counts back where every cell has a gene counted once; better is to load the raw matrix.",
        CountKind.Scaled => "Counts cannot be recovered from scaled values; load the raw matrix (ReadOptions.UseRaw of an .h5ad file may help).",
        _ => "Expected whole numbers that are not negative; look at the source of the file.",
    };

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
