using ScFm.Model.Tables;

namespace ScFm.Model.Tasks.Perturbations;

public sealed partial record GeneticInteractions
{
    /// <summary>Rows: pairs, the greatest magnitude first; columns: what was measured, and the magnitude that each method predicts.</summary>
    public Table ToTable()
    {
        PairInteraction[] rows = [.. Pairs.OrderByDescending(pair => pair.Measured.Magnitude)];
        NumberColumn Column(string name, Func<PairInteraction, double> value) => new(name, [.. rows.Select(value)], "F3");
        return new Table(
        [
            new TextColumn("pair", [.. rows.Select(pair => pair.Pair.ToString())]),
            new TextColumn("context", [.. rows.Select(pair => pair.Context)]),
            Column("magnitude", pair => pair.Measured.Magnitude),
            Column("c1", pair => pair.Measured.First),
            Column("c2", pair => pair.Measured.Second),
            Column("model fit", pair => pair.Measured.Fit),
            Column("dominance", pair => pair.Measured.Dominance),
            Column("equality", pair => pair.Measured.Equality),
            Column("similarity", pair => pair.Measured.Similarity),
            .. Methods.Select(method => Column($"magnitude, {method}", pair => pair.Predicted.TryGetValue(method, out var one) ? one.Magnitude : double.NaN)),
        ]);
    }

    /// <summary>Rows: methods; columns: correlation of predicted and measured magnitudes, and how many of the strongest synergies and suppressions are among the predicted ones; nothing where a method predicts the same magnitude of all.</summary>
    public Table ToSummary()
    {
        string[] methods = [.. Methods];
        TextColumn Ends(string name, bool synergy) => new(name, [.. methods.Select(method => double.IsNaN(Agreement(method)) ? "" : $"{Found(method, synergy)} of {Count(method)}")]);
        return new Table(
            new TextColumn("method", methods),
            new IntegerColumn("pairs", [.. methods.Select(method => (long)Of(method).Length)]),
            new NumberColumn("Pearson of magnitude", [.. methods.Select(Agreement)], "F3"),
            Ends("synergies found", synergy: true),
            Ends("suppressions found", synergy: false));
    }

    /// <summary>Both tables.</summary>
    public string ToHtml() => Methods.Count == 0 ? ToTable().View().ToHtml() : ToSummary().View().ToHtml() + ToTable().View().ToHtml();

    /// <summary>The interactions as aligned text.</summary>
    public override string ToString() => ToTable().View().ToString();
}
