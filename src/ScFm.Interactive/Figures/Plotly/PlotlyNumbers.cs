using System.Globalization;
using System.Text.Json.Nodes;

namespace ScFm.Interactive.Figures.Plotly;

/// <summary>Numbers as JSON: rounded to what can be seen, and null for what is not finite.</summary>
internal static class PlotlyNumbers
{
    /// <summary>Significant digits of a coordinate: a zoom of a thousand still shows no steps.</summary>
    public const int Coordinate = 6;

    /// <summary>Significant digits of a value shown by colour.</summary>
    public const int ColourValue = 4;

    /// <summary>An array of numbers.</summary>
    public static JsonArray Array(IEnumerable<double> values, int digits = 9) => new([.. values.Select(value => (JsonNode?)Of(value, digits))]);

    /// <summary>One number.</summary>
    public static JsonValue? Of(double value, int digits = 9) => double.IsFinite(value)
        ? JsonValue.Create(double.Parse(value.ToString("G" + digits, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))
        : null;

    /// <summary>A range of an axis, least value first unless the axis is reversed.</summary>
    public static JsonArray Range((double Least, double Greatest) range, bool reversed) => reversed
        ? Array([range.Greatest, range.Least])
        : Array([range.Least, range.Greatest]);
}
