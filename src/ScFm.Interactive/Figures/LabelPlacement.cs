using ScFm.Interactive.Figures.Drawing;
using ScFm.Interactive.Figures.Marks;

namespace ScFm.Interactive.Figures;

/// <summary>Names the clusters of a map: at their centres, moved apart where two names would overlap.</summary>
internal static class LabelPlacement
{
    private const double LineHeight = 16;
    private const double BoldWidth = 1.08;
    private const int Rounds = 60;

    /// <summary>The names of the labelled points of a panel.</summary>
    /// <param name="frame">The panel in pixels.</param>
    /// <param name="clusters">The points to name.</param>
    public static Texts Name(PanelFrame frame, IReadOnlyList<Points> clusters)
    {
        var centres = clusters.Select(Centre).ToArray();
        double[] half = [.. clusters.Select(cluster => TextMetrics.Width(cluster.Name!, FigureLayout.TextSize) * BoldWidth / 2 + 2)];
        double[] x = [.. centres.Select((centre, i) => Inside(frame.X.At(centre.X), half[i], frame.Plot.Left, frame.Plot.Right))];
        double[] y = [.. centres.Select(centre => frame.Y.At(centre.Y))];
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < x.Length; i++)
            {
                for (var j = i + 1; j < x.Length; j++)
                {
                    var overlap = LineHeight - Math.Abs(y[i] - y[j]);
                    if (Math.Abs(x[i] - x[j]) < half[i] + half[j] && overlap > 0)
                    {
                        var push = overlap / 4 * (y[i] >= y[j] ? 1 : -1);
                        y[i] = Inside(y[i] + push, LineHeight / 2, frame.Plot.Top, frame.Plot.Bottom);
                        y[j] = Inside(y[j] - push, LineHeight / 2, frame.Plot.Top, frame.Plot.Bottom);
                    }
                }
            }
        }
        return new Texts([.. x.Select(frame.X.Value)], [.. y.Select(frame.Y.Value)], [.. clusters.Select(cluster => cluster.Name!)]);
    }

    // The member nearest to the medians: a bent cluster's own middle can lie outside of it.
    private static (double X, double Y) Centre(Points points)
    {
        var (middleX, middleY) = (points.X.Order().ElementAt(points.X.Count / 2), points.Y.Order().ElementAt(points.Y.Count / 2));
        var nearest = Enumerable.Range(0, points.X.Count).MinBy(i => Math.Pow(points.X[i] - middleX, 2) + Math.Pow(points.Y[i] - middleY, 2));
        return (points.X[nearest], points.Y[nearest]);
    }

    private static double Inside(double pixel, double half, double from, double to) =>
        2 * half >= to - from ? (from + to) / 2 : Math.Clamp(pixel, from + half, to - half);
}
