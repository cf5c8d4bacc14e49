using ScFm.Model.Cells;
using ScFm.Model.Tables;

namespace ScFm.Model.Tasks.Sensitivity;

/// <summary>Which cells belong to a class, by a column of obs.</summary>
internal static class ClassLabels
{
    private static readonly string[] Usual = ["sensitive", "1", "true", "yes"];

    /// <summary>Reads the column.</summary>
    /// <param name="cells">Samples or cells.</param>
    /// <param name="what">What they are, for errors.</param>
    /// <param name="column">The column.</param>
    /// <param name="positive">The label of the class.</param>
    /// <exception cref="InvalidDataException">There is no such column, or a cell has no label.</exception>
    internal static bool[] Of(AnnData cells, string what, string column, string positive)
    {
        var labels = Read(cells, what, column);
        if (Array.IndexOf(labels, null) is var bare and >= 0)
        {
            throw new InvalidDataException(
                $"{labels.Count(label => label is null)} of the {labels.Length} rows of the {what}, such as '{cells.ObsNames[bare]}', have no label in the column '{column}'; expected one each: leave the others out first.");
        }
        return Array.ConvertAll(labels, label => label == positive);
    }

    /// <summary>The label that is asked about where nobody says which: sensitive, 1, true or yes.</summary>
    /// <param name="cells">Samples or cells.</param>
    /// <param name="what">What they are, for errors.</param>
    /// <param name="column">The column.</param>
    /// <exception cref="InvalidDataException">There is no such column, or none of these labels.</exception>
    internal static string Positive(AnnData cells, string what, string column)
    {
        string[] known = [.. Read(cells, what, column).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        return known.FirstOrDefault(label => Usual.Contains(label, StringComparer.OrdinalIgnoreCase))
            ?? throw new InvalidDataException($"The column '{column}' of the {what} has the labels {string.Join(", ", known.Select(label => $"'{label}'").DefaultIfEmpty("none"))}; expected to be told which of them is asked about.");
    }

    private static string?[] Read(AnnData cells, string what, string column) => ColumnLabels.Of(RequiredColumn.Of(cells.Obs, column, $"The column of labels of the {what} is"));
}
