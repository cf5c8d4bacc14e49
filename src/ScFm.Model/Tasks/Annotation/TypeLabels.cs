using ScFm.Model.Tables;

namespace ScFm.Model.Tasks.Annotation;

/// <summary>The types that a column of obs names.</summary>
internal static class TypeLabels
{
    /// <summary>Reads the column.</summary>
    /// <param name="obs">What is known of each cell.</param>
    /// <param name="column">The column.</param>
    /// <returns>The types in ordinal order, and the place of each cell's type among them, -1 where it has none.</returns>
    /// <exception cref="InvalidDataException">There is no such column, or it names fewer than two types.</exception>
    internal static (string[] Types, int[] Labels) Of(Table obs, string column)
    {
        var names = ColumnLabels.Of(RequiredColumn.Of(obs, column, "The labels' column is"));
        string[] types = [.. names.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        return types.Length >= 2
            ? (types, Array.ConvertAll(names, name => name is null ? -1 : Array.BinarySearch(types, name, StringComparer.Ordinal)))
            : throw new InvalidDataException($"The column '{column}' has {(types is [var only] ? $"the type '{only}' alone" : "no type")}; expected at least 2, to tell them apart.");
    }
}
