using System.Globalization;
using System.Text.Json.Nodes;

namespace ScFm.Interactive.Figures.Plotly;

/// <summary>Numbers as JSON arrays: six significant digits, which no screen can tell from more, and null for what is not finite.</summary>
internal static class PlotlyNumbers
{
    /// <summary>An array of numbers.</summary>
    public static JsonArray Array(IEnumerable<double> values) => new([.. values.Select(value => (JsonNode?)Of(value))]);

    /// <summary>One number.</summary>
    public static JsonValue? Of(double value) => double.IsFinite(value)
        ? JsonValue.Create(double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))
        : null;

    /// <summary>A range of an axis, least value first unless the axis is reversed.</summary>
    public static JsonArray Range((double Least, double Greatest) range, bool reversed) => reversed
        ? Array([range.Greatest, range.Least])
        : Array([range.Least, range.Greatest]);
}
