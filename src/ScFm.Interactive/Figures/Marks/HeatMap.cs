namespace ScFm.Interactive.Figures.Marks;

/// <summary>A matrix shown by colour: its first row on top, one unit of the axes a row and a column.</summary>
/// <param name="Rows">Number of rows.</param>
/// <param name="Columns">Number of columns.</param>
/// <param name="Values">The values, row after row, [rows, columns]; NaN is grey.</param>
public sealed record HeatMap(int Rows, int Columns, float[] Values) : Mark
{
    /// <summary>The colours. Default: viridis.</summary>
    public ColourScale Scale { get; init; } = ColourScale.Viridis;

    /// <summary>The values at both ends of the colours. Default: the least and the greatest value.</summary>
    public (double Least, double Greatest)? Range { get; init; }

    /// <summary>What the colour bar is called. Default: nothing.</summary>
    public string? ScaleTitle { get; init; }

    internal (double Least, double Greatest) ValueRange => Range ?? Extent.Of([.. Values.Select(value => (double)value)]);
}
