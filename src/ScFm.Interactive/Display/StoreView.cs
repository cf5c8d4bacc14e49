using ScFm.Model.Corpora.Store;
using ScFm.Model.Tables;

namespace ScFm.Interactive.Display;

/// <summary>Shows what a corpus store holds.</summary>
public static class StoreView
{
    /// <summary>Cells, genes, values, their types and their room, one fact a row.</summary>
    public static TableView Facts(CorpusStore store)
    {
        (string What, string Value)[] facts =
        [
            ("cells", Number(store.CellCount)),
            ("genes", Number(store.GeneCount)),
            ("values", FormattableString.Invariant($"{store.ValueCount:N0}, {(double)store.ValueCount / store.CellCount:N0} a cell")),
            ("bytes", FormattableString.Invariant($"{store.ByteCount:N0}, {(double)store.ByteCount / store.CellCount:N0} a cell, {(double)store.ByteCount / Math.Max(1, store.ValueCount):N1} a value")),
            ("types of values", string.Join(", ", store.Types.Select(type => FormattableString.Invariant($"{type.Key} in {type.Value:N0} cells")))),
            ("order", store.Seed is { } seed ? $"shuffled with seed {seed}" : "as in its source"),
            ("source", store.Source),
            ("identity", store.Identity),
        ];
        return new Table(new TextColumn("what", [.. facts.Select(fact => fact.What)]), new TextColumn(store.Name, [.. facts.Select(fact => fact.Value)])).View("Corpus");
    }

    /// <summary>The columns of obs, with their labels or ranges; one column is in memory at a time.</summary>
    public static TableView Columns(CorpusStore store) => new Table(
        new TextColumn("column", [.. store.ColumnNames]),
        new TextColumn("values", [.. store.ColumnNames.Select(name => CellsView.Describe(store.ReadColumn(name)))])).View("What is known of each cell", rows: int.MaxValue);

    private static string Number(int count) => FormattableString.Invariant($"{count:N0}");
}
