using ScFm.Interactive.Figures.Drawing;
using ScFm.Interactive.Figures.Marks;

namespace ScFm.Interactive.Figures;

/// <summary>Moves the names on a map apart where they would overlap.</summary>
internal static class LabelPlacement
{
    // About the plot of an embedding in pixels; only the overlap is judged by it.
    private const double PlotWidth = 440;
    private const double PlotHeight = 380;
    private const double LineHeight = 16;
    private const int Rounds = 60;

    /// <summary>The names near their centres, pushed up or down by what they overlap.</summary>
    public static Texts Spread(double[] centreX, double[] centreY, string[] names, double[] allX, double[] allY)
    {
        var (rangeX, rangeY) = (Extent.Widened(Extent.Of(allX), 0.04), Extent.Widened(Extent.Of(allY), 0.04));
        var (unitX, unitY) = ((rangeX.Greatest - rangeX.Least) / PlotWidth, (rangeY.Greatest - rangeY.Least) / PlotHeight);
        double[] y = [.. centreY];
        double[] half = [.. names.Select(name => TextMetrics.Width(name, FigureLayout.TextSize) / 2 + 2)];
        // A name near the edge moves inwards until all of it is on the plot.
        double[] x = [.. centreX.Select((centre, i) => Inside(centre, half[i] * unitX, rangeX))];
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < names.Length; i++)
            {
                for (var j = i + 1; j < names.Length; j++)
                {
                    var overlapY = LineHeight * unitY - Math.Abs(y[i] - y[j]);
                    if (Math.Abs(x[i] - x[j]) < (half[i] + half[j]) * unitX && overlapY > 0)
                    {
                        var push = overlapY / 4 * (y[i] >= y[j] ? 1 : -1);
                        (y[i], y[j]) = (Inside(y[i] + push, 8 * unitY, rangeY), Inside(y[j] - push, 8 * unitY, rangeY));
                    }
                }
            }
        }
        return new Texts(x, y, names);
    }

    private static double Inside(double value, double half, (double Least, double Greatest) range) =>
        2 * half >= range.Greatest - range.Least ? (range.Least + range.Greatest) / 2 : Math.Clamp(value, range.Least + half, range.Greatest - half);
}
