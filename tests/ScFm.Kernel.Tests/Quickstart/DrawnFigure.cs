namespace ScFm.Kernel.Tests.Quickstart;

/// <summary>What a browser drew of one figure: where, in pixels of the page, and how many marks of each kind.</summary>
internal sealed record DrawnFigure(int Left, int Top, int Width, int Height, int Overflow, string Title, int Plots, int Points, int Lines, int Bars, int Images, int Shapes, int Painted)
{
    /// <summary>Marks that show data: SVG points, lines, bars, heat maps and discs, and the pixels that WebGL painted.</summary>
    internal int Marks => Points + Lines + Bars + Images + Shapes + Painted;
}
