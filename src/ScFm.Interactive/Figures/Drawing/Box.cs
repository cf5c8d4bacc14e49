namespace ScFm.Interactive.Figures.Drawing;

/// <summary>A rectangle in pixels; vertical pixels grow downwards.</summary>
internal readonly record struct Box(double Left, double Top, double Right, double Bottom)
{
    /// <summary>Its width.</summary>
    public double Width => Right - Left;

    /// <summary>Its height.</summary>
    public double Height => Bottom - Top;
}
