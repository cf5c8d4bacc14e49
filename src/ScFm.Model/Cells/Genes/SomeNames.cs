namespace ScFm.Model.Cells;

/// <summary>Names in a sentence, some of many.</summary>
internal static class SomeNames
{
    private const int Most = 5;

    /// <summary>The first names in quotation marks, and how many others there are.</summary>
    internal static string Of(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(Most).Select(name => $"'{name}'")) + (names.Count > Most ? $" and {names.Count - Most} others" : "");
}
