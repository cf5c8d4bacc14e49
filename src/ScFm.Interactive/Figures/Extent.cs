namespace ScFm.Interactive.Figures;

/// <summary>The least and the greatest of some numbers.</summary>
internal static class Extent
{
    /// <summary>The least and the greatest finite value, or (0, 1) where there is none.</summary>
    public static (double Least, double Greatest) Of(IEnumerable<double> values)
    {
        var (least, greatest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
        {
            if (double.IsFinite(value))
            {
                (least, greatest) = (Math.Min(least, value), Math.Max(greatest, value));
            }
        }
        return least <= greatest ? (least, greatest) : (0, 1);
    }

    /// <summary>The range with a margin on both sides, and never of no width.</summary>
    public static (double Least, double Greatest) Widened((double Least, double Greatest) range, double margin)
    {
        var width = range.Greatest - range.Least;
        return width > 0
            ? (range.Least - margin * width, range.Greatest + margin * width)
            : (range.Least - Math.Max(0.5, Math.Abs(range.Least) * 0.05), range.Greatest + Math.Max(0.5, Math.Abs(range.Greatest) * 0.05));
    }
}
