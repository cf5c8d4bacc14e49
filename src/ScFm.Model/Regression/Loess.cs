using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace ScFm.Model.Regression;

/// <summary>A smooth curve through points, by local polynomials of one variable.</summary>
/// <remarks>
/// At the vertices of a tree that halves the points until a cell holds few of them, a polynomial is fitted to the nearest points, weighted by the cube of
/// one less the cubed distance; between vertices the curve is the cubic with their values and slopes. This is the interpolation of the authors' own program, which
/// R and Python use, and differs from a fit at every point by some percent where points are few.
/// Source: Cleveland and Grosse, "Computational methods for local regression", Statistics and Computing 1 (1991); Cleveland and Devlin, J. Am. Stat. Assoc. 83 (1988).
/// </remarks>
public sealed class Loess
{
    // The points' range is widened by this share on both sides, so that no point lies on the outer vertices.
    private const double Margin = 0.005;

    // Singular values below this share of the largest are rounding: 100 units in the last place.
    private const double Independent = 100 * 2.220446049250313e-16;

    private readonly double[] x;
    private readonly double[] y;
    private readonly int neighbours;
    private readonly int degree;
    private readonly double[] vertices;
    private readonly double[] values;
    private readonly double[] slopes;

    private Loess(double[] x, double[] y, LoessOptions options)
    {
        (this.x, this.y, degree) = (x, y, options.Degree);
        neighbours = Neighbours(x.Length, options);
        vertices = Vertices((int)Math.Floor(x.Length * (options.Span * options.Cell)));
        (values, slopes) = (new double[vertices.Length], new double[vertices.Length]);
        for (var i = 0; i < vertices.Length; i++)
        {
            (values[i], slopes[i]) = FitAt(vertices[i]);
        }
    }

    /// <summary>Fits a curve.</summary>
    /// <param name="x">The variable, finite numbers in any order.</param>
    /// <param name="y">The response, one value each.</param>
    /// <param name="options">How. Default: the defaults of <see cref="LoessOptions"/>.</param>
    /// <exception cref="ArgumentException">The lengths differ, a value is not finite, an option is out of range, or a local fit has too few points or a single place.</exception>
    public static Loess Fit(ReadOnlySpan<double> x, ReadOnlySpan<double> y, LoessOptions? options = null)
    {
        var chosen = Options.Validate(options ?? new LoessOptions());
        if (x.Length != y.Length)
        {
            throw new ArgumentException($"There are {x.Length} points and {y.Length} responses; expected as many.");
        }
        foreach (var value in (ReadOnlySpan<double>)[.. x, .. y])
        {
            if (!double.IsFinite(value))
            {
                throw new ArgumentException($"A value to fit is {value}; expected finite numbers.");
            }
        }
        if (Neighbours(x.Length, chosen) < chosen.Degree + 2)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"A span of {chosen.Span} of {x.Length} points holds {Neighbours(x.Length, chosen)}; expected {chosen.Degree + 2} or more for a polynomial of degree {chosen.Degree}."));
        }
        var (sortedX, sortedY) = (x.ToArray(), y.ToArray());
        Array.Sort(sortedX, sortedY);
        return new Loess(sortedX, sortedY, chosen);
    }

    /// <summary>The curve's height at a place within the range of the points; outside it follows the outermost cubic.</summary>
    public double At(double place)
    {
        var right = Array.BinarySearch(vertices, place);
        right = Math.Clamp(right < 0 ? ~right : right, 1, vertices.Length - 1);
        var left = right - 1;
        var width = vertices[right] - vertices[left];
        var h = (place - vertices[left]) / width;
        return (1 - h) * (1 - h) * ((1 + 2 * h) * values[left] + h * width * slopes[left])
            + h * h * ((3 - 2 * h) * values[right] + (h - 1) * width * slopes[right]);
    }

    private static int Neighbours(int count, LoessOptions options) => Math.Min(count, (int)Math.Floor(count * options.Span + 1e-5));

    /// <summary>The ends of the widened range, and the place of every cut, ascending.</summary>
    private double[] Vertices(int fewest)
    {
        var (least, most) = (x[0], x[^1]);
        var margin = Margin * Math.Max(most - least, 1e-10 * Math.Max(Math.Abs(least), Math.Abs(most)) + 1e-30);
        var found = new List<double> { least - margin, most + margin };
        Cut(0, x.Length - 1, found[0], found[1], fewest, found);
        return [.. found.Order()];
    }

    private void Cut(int first, int last, double low, double high, int fewest, List<double> found)
    {
        if (last - first + 1 <= fewest || high <= low)
        {
            return;
        }
        var at = BetweenTies(first, last);
        if (x[at] == low || x[at] == high)
        {
            return;
        }
        found.Add(x[at]);
        Cut(first, at, low, x[at], fewest, found);
        Cut(at + 1, last, x[at], high, fewest, found);
    }

    // The place nearest the middle that differs from the next, looked for in turns to the right and to the left; the middle itself where an end is met first.
    private int BetweenTies(int first, int last)
    {
        var middle = (first + last + 2) / 2 - 1; // as of numbers that count from one
        for (var step = 0; middle + step < last && middle + step >= first; step = step > 0 ? -step : 1 - step)
        {
            if (x[middle + step] != x[middle + step + 1])
            {
                return middle + step;
            }
        }
        return middle;
    }

    /// <summary>Value and slope of the local polynomial at a vertex.</summary>
    private (double Value, double Slope) FitAt(double place)
    {
        var first = Nearest(place);
        var radius = Math.Max(place - x[first], x[first + neighbours - 1] - place);
        if (!(radius > 0))
        {
            throw new ArgumentException(FormattableString.Invariant($"{neighbours} points lie at {place} alone; expected them to differ, or a larger span."));
        }
        var weights = Vector<double>.Build.Dense(neighbours, i => Math.Sqrt(Tricube(Math.Abs(x[first + i] - place) / radius)));
        var design = Matrix<double>.Build.Dense(neighbours, degree + 1, (i, power) => weights[i] * Math.Pow(x[first + i] - place, power));
        // columns of one length, so that the small singular values do not depend on the unit of x
        var lengths = design.ColumnNorms(2).Map(length => length > 0 ? length : 1);
        var factors = (design * Matrix<double>.Build.DenseOfDiagonalVector(1 / lengths)).QR(QRMethod.Thin);
        var response = factors.Q.TransposeThisAndMultiply(weights.PointwiseMultiply(Vector<double>.Build.Dense(neighbours, i => y[first + i])));

        var parts = factors.R.Svd();
        var along = parts.U.TransposeThisAndMultiply(response);
        along.MapIndexedInplace((i, value) => parts.S[i] > Independent * parts.S[0] ? value / parts.S[i] : 0);
        var coefficients = parts.VT.TransposeThisAndMultiply(along).PointwiseDivide(lengths);
        return (coefficients[0], coefficients[1]);
    }

    // Where the nearest points begin; they lie side by side.
    private int Nearest(double place)
    {
        var (low, high) = (0, x.Length - neighbours);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (place - x[middle] > x[middle + neighbours] - place)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }
        return low;
    }

    private static double Tricube(double distance) => distance < 1 ? Math.Pow(1 - distance * distance * distance, 3) : 0;
}
