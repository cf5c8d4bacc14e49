using System.Globalization;
using ScFm.Model.Tables;

namespace ScFm.Model.Cells.Files;

/// <summary>Finds the type of a column of text: whole numbers, numbers, labels or plain text.</summary>
internal static class TypedColumn
{
    /// <summary>Types the values; empty fields, NA and NaN are missing.</summary>
    /// <remarks>Text that repeats itself becomes labels, text that never does (names, paths) stays text, as anndata has it.</remarks>
    internal static Column From(string name, string?[] values)
    {
        var known = values.Where(value => !IsMissing(value)).ToArray();
        if (known.Length > 0 && known.Length == values.Length && known.All(value => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)))
        {
            return new IntegerColumn(name, [.. values.Select(value => long.Parse(value!, CultureInfo.InvariantCulture))]);
        }
        if (known.Length > 0 && known.All(value => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _)))
        {
            return new NumberColumn(name, [.. values.Select(value => IsMissing(value) ? double.NaN : double.Parse(value!, CultureInfo.InvariantCulture))]);
        }
        var labels = values.Select(value => IsMissing(value) ? null : value);
        return known.Distinct().Count() < known.Length || known.Length == 0
            ? CategoryColumn.FromLabels(name, labels)
            : new TextColumn(name, [.. labels]);
    }

    private static bool IsMissing(string? value) => value is null or "" or "NA" or "NaN" or "nan";
}
