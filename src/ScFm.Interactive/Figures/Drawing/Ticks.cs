using System.Globalization;

namespace ScFm.Interactive.Figures.Drawing;

/// <summary>Round numbers along an axis.</summary>
/// <param name="Values">Where the ticks stand.</param>
/// <param name="Labels">What is written beside them.</param>
internal sealed record Ticks(IReadOnlyList<double> Values, IReadOnlyList<string> Labels)
{
    /// <summary>Multiples of 1, 2 or 5 times a power of ten inside the range.</summary>
    /// <param name="range">The values at both ends.</param>
    /// <param name="wanted">About how many ticks there should be.</param>
    public static Ticks Round((double Least, double Greatest) range, int wanted)
    {
        var step = Step((range.Greatest - range.Least) / Math.Max(1, wanted));
        var first = Math.Ceiling(range.Least / step - 1e-9);
        var last = Math.Floor(range.Greatest / step + 1e-9);
        var values = new List<double>();
        for (var i = first; i <= last && values.Count < 100; i++)
        {
            values.Add(i * step + 0.0); // adding 0.0 turns -0 into 0
        }
        return new Ticks(values, [.. values.Select(value => Label(value, step, range))]);
    }

    /// <summary>Powers of ten inside the range of a logarithmic axis; where it spans less than two of them, round numbers.</summary>
    /// <param name="powers">The powers of ten at both ends.</param>
    /// <param name="wanted">About how many ticks there should be.</param>
    public static Ticks Powers((double Least, double Greatest) powers, int wanted)
    {
        var (first, last) = ((int)Math.Ceiling(powers.Least - 1e-9), (int)Math.Floor(powers.Greatest + 1e-9));
        if (last - first < 2)
        {
            return Round((Math.Pow(10, powers.Least), Math.Pow(10, powers.Greatest)), wanted);
        }
        var step = (last - first) / (wanted + 1) + 1;
        int[] shown = [.. Enumerable.Range(0, (last - first) / step + 1).Select(i => first + i * step)];
        return new Ticks([.. shown.Select(power => Math.Pow(10, power))], [.. shown.Select(power => "10" + Raised(power))]);
    }

    private static string Raised(int power) =>
        string.Concat(power.ToString(CultureInfo.InvariantCulture).Select(digit => digit == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0']));

    /// <summary>A tick for each name, one unit apart.</summary>
    /// <param name="names">The names.</param>
    /// <param name="first">Where the first tick stands.</param>
    public static Ticks Named(IReadOnlyList<string> names, double first) => new([.. Enumerable.Range(0, names.Count).Select(i => i + first)], names);

    // The round step nearest to the one asked for, on a scale of ratios.
    private static double Step(double asked)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(asked)));
        return power * (asked / power) switch { < 1.41 => 1, < 3.16 => 2, < 7.07 => 5, _ => 10 };
    }

    private static string Label(double value, double step, (double Least, double Greatest) range)
    {
        var largest = Math.Max(Math.Abs(range.Least), Math.Abs(range.Greatest));
        if (largest >= 1e7 || step < 1e-4)
        {
            return value.ToString("0.##e0", CultureInfo.InvariantCulture).Replace('-', '−');
        }
        var decimals = Math.Clamp((int)Math.Ceiling(-Math.Log10(step) - 1e-9), 0, 4);
        return value.ToString((largest >= 10_000 ? "N" : "F") + decimals, CultureInfo.InvariantCulture).Replace('-', '−');
    }
}
