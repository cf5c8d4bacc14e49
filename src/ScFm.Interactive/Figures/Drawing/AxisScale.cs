namespace ScFm.Interactive.Figures.Drawing;

/// <summary>From values of an axis to pixels.</summary>
/// <param name="Range">The values at both ends; on a logarithmic axis their powers of ten.</param>
/// <param name="From">The pixel of the least value.</param>
/// <param name="To">The pixel of the greatest value.</param>
/// <param name="Logarithmic">True for a logarithmic axis. Default: false.</param>
internal readonly record struct AxisScale((double Least, double Greatest) Range, double From, double To, bool Logarithmic = false)
{
    /// <summary>The pixel of a value.</summary>
    public double At(double value) => From + ((Logarithmic ? Math.Log10(value) : value) - Range.Least) / (Range.Greatest - Range.Least) * (To - From);

    /// <summary>The value at a pixel.</summary>
    public double Value(double pixel) => Range.Least + (pixel - From) / (To - From) * (Range.Greatest - Range.Least);
}
