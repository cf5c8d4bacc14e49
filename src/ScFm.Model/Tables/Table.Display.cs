using ScFm.Model.Display;
using ScFm.Model.Files;

namespace ScFm.Model.Tables;

/// <remarks>It shows itself through <see cref="TableView"/>, with 20 rows and no caption; other choices are made on a view.</remarks>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed partial class Table : IHtml
{
    /// <summary>The table as an HTML fragment: its first 20 rows, numbers to the right, all texts escaped.</summary>
    public string ToHtml() => new TableView(this).ToHtml();

    /// <summary>All rows as CSV (RFC 4180), numbers in full and in the invariant culture.</summary>
    public string ToCsv() => TableText.Separated(this, ',');

    /// <summary>All rows as a JSON array of records, safe inside a script element; missing values are null.</summary>
    public string ToJson() => TableText.Json(this);

    /// <summary>The first 20 rows as aligned text.</summary>
    public override string ToString() => new TableView(this).ToString();

    /// <summary>Writes all rows to a file, as its ending says: .html, .csv, .tsv or .json.</summary>
    /// <exception cref="ArgumentException">The ending is another.</exception>
    public void Save(string path)
    {
        AtomicFile.WriteText(path, Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".html" => WholeView().ToHtml(),
            ".csv" => ToCsv(),
            ".tsv" => TableText.Separated(this, '\t'),
            ".json" => ToJson(),
            var other => throw new ArgumentException($"'{path}' ends in '{other}'; expected .html, .csv, .tsv or .json.", nameof(path)),
        });
    }

    /// <summary>This table with all its rows.</summary>
    public TableView WholeView() => View(rows: int.MaxValue);

    /// <summary>This table with a caption and other choices of display.</summary>
    /// <param name="caption">What stands above. Default: nothing.</param>
    /// <param name="rows">Rows shown, at least 1. Default: 20.</param>
    /// <param name="lowest">Columns whose lowest number is the best and is set in bold. Default: none.</param>
    /// <param name="highest">Columns whose highest number is the best and is set in bold. Default: none.</param>
    public TableView View(string? caption = null, int rows = 20, IReadOnlyCollection<string>? lowest = null, IReadOnlyCollection<string>? highest = null) =>
        new(this) { Caption = caption, Rows = rows, Lowest = lowest ?? [], Highest = highest ?? [] };
}
