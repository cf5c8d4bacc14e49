using System.Globalization;
using System.Text.Json.Serialization;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>The read depth that is wanted of a cell: what its token T says.</summary>
/// <remarks>Source: get_embedding.py of the reference, option tgthighres: t4 is a total of 10^4, f5 five times the cell's own total, a1 ten times (one more in log10).</remarks>
[JsonConverter(typeof(DepthConverter))]
public readonly record struct Depth
{
    private readonly char kind;
    private readonly double amount;

    private Depth(char kind, double amount) => (this.kind, this.amount) = (kind, amount);

    /// <summary>The same total count for every cell.</summary>
    /// <param name="counts">The total, above 0.</param>
    public static Depth Absolute(double counts) => new('t', Math.Log10(Positive(counts, "total count")));

    /// <summary>A multiple of each cell's own total count.</summary>
    /// <param name="times">The multiple, above 0.</param>
    public static Depth Fold(double times) => new('f', Positive(times, "multiple"));

    /// <summary>Each cell's own log10 total plus an amount.</summary>
    /// <param name="log10">What is added; 1 asks for ten times the depth.</param>
    public static Depth Added(double log10) => new('a', log10);

    /// <summary>Reads t4, f5 or a1.</summary>
    /// <exception cref="FormatException">The text is none of these.</exception>
    public static Depth Parse(string text)
    {
        if (text.Length > 1 && double.TryParse(text.AsSpan(1), NumberStyles.Float, CultureInfo.InvariantCulture, out var amount) && double.IsFinite(amount))
        {
            switch (text[0])
            {
                case 't': return new('t', amount);
                case 'f' when amount > 0: return Fold(amount);
                case 'a': return Added(amount);
            }
        }
        throw new FormatException($"The depth is '{text}'; expected t and a log10 total (t4), f and a multiple (f5), or a and what is added to the log10 total (a1).");
    }

    /// <summary>The token T of a cell.</summary>
    /// <param name="logTotal">log10 of its own total count.</param>
    public float TargetOf(float logTotal) => kind switch
    {
        't' => (float)amount,
        'f' => (float)(logTotal + Math.Log10(amount)),
        'a' => (float)(logTotal + amount),
        _ => logTotal, // default(Depth): the cell's own depth
    };

    /// <summary>The token T of a cell that keeps its own depth where less is asked: no model was trained to ask for fewer counts than were observed.</summary>
    /// <param name="logTotal">log10 of its own total count.</param>
    /// <exception cref="ArgumentException">The depth asks every cell for less: a multiple below 1, something below 0 added, or a total of one count or less.</exception>
    public float DeeperTargetOf(float logTotal)
    {
        var (lowest, isLess) = kind switch
        {
            't' => ("a total of more than 1 count (above t0)", amount <= 0),
            'f' => ("at least the cell's own depth (f1)", amount < 1),
            _ => ("at least the cell's own depth (a0)", amount < 0),
        };
        return isLess
            ? throw new ArgumentException($"The depth {this} asks for less than was observed; expected {lowest}.")
            : Math.Max(logTotal, TargetOf(logTotal));
    }

    /// <inheritdoc/>
    public override string ToString() => kind == 0 ? "own depth" : string.Create(CultureInfo.InvariantCulture, $"{kind}{amount:0.###}");

    /// <summary>The depth as <see cref="Parse"/> takes it, with all digits; empty for the cell's own.</summary>
    internal string Exact => kind == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{kind}{amount:R}");

    private static double Positive(double value, string what) =>
        value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(what, $"The {what} is {value.ToString(CultureInfo.InvariantCulture)}; expected a number above 0.");
}
