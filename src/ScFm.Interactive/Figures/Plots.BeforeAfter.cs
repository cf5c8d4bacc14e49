using System.Globalization;
using MathNet.Numerics.Statistics;
using ScFm.Interactive.Figures.Marks;

namespace ScFm.Interactive.Figures;

public static partial class Plots
{
    private const int MostPairs = 20_000;

    /// <summary>Measured values and the model's, each against the truth, side by side with the diagonal.</summary>
    /// <param name="truth">The true values.</param>
    /// <param name="observed">What was measured, such as downsampled cells: one value for each of <paramref name="truth"/>.</param>
    /// <param name="predicted">What the model makes of it: one value for each of <paramref name="truth"/>.</param>
    /// <param name="observedName">What to call the measured values. Default: "downsampled".</param>
    /// <param name="predictedName">What to call the model's values. Default: "enhanced".</param>
    /// <param name="unit">What all values measure. Default: "log1p(CP10k)".</param>
    /// <remarks>Pearson's correlation and the mean absolute error are of all values; above 20,000 of them, an evenly spread 20,000 are drawn.</remarks>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Figure BeforeAfter(
        IReadOnlyList<double> truth, IReadOnlyList<double> observed, IReadOnlyList<double> predicted,
        string observedName = "downsampled", string predictedName = "enhanced", string unit = "log1p(CP10k)")
    {
        ExpectLength(nameof(observed), observed.Count, truth.Count);
        ExpectLength(nameof(predicted), predicted.Count, truth.Count);
        var range = Extent.Widened(Extent.Of([.. truth, .. observed, .. predicted]), 0.03);
        return new Figure(
            AgainstTruth(truth, observed, observedName, unit, range, Palette.At(7)),
            AgainstTruth(truth, predicted, predictedName, unit, range, Palette.At(0)))
        { Width = 860, Height = 440 };
    }

    private static Panel AgainstTruth(
        IReadOnlyList<double> truth, IReadOnlyList<double> values, string name, string unit, (double Least, double Greatest) range, Colour colour)
    {
        var correlation = Correlation.Pearson(truth, values);
        var error = truth.Zip(values, (a, b) => Math.Abs(a - b)).DefaultIfEmpty(double.NaN).Average();
        var shown = Enumerable.Range(0, Math.Min(MostPairs, truth.Count)).Select(i => (int)((long)i * truth.Count / Math.Min(MostPairs, truth.Count))).ToArray();
        double[] ends = [range.Least, range.Greatest];
        return new Panel(
            new Points([.. shown.Select(i => truth[i])], [.. shown.Select(i => values[i])]) { Colour = colour, Size = PointSize(shown.Length), Opacity = shown.Length > 2_000 ? 0.35 : 0.7 },
            Guide(ends, ends) with { Colour = Colour.Parse("#2b2b2b") })
        {
            Title = string.Create(CultureInfo.InvariantCulture, $"{name}: r = {correlation:0.000}, MAE = {error:0.000}"),
            X = new Axis { Title = $"truth, {unit}", Range = range },
            Y = new Axis { Title = $"{name}, {unit}", Range = range },
        };
    }
}
