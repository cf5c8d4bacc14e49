using System.Globalization;
using ScFm.Model.Tables;

namespace ScFm.Model.Tasks.Annotation;

public sealed partial record AnnotationStudy
{
    /// <summary>Rows: method and share of the labels; columns: the scores with their intervals over seeds, the test against the reference method, and what it cost.</summary>
    public override Table ToTable()
    {
        AnnotationSummary[] rows = [.. from fraction in Fractions.Reverse() from method in Methods select Of(method, fraction)];
        return new Table(
        [
            new TextColumn("labels", [.. rows.Select(row => Share(row.Fraction))]),
            new TextColumn("method", [.. rows.Select(row => row.Method)]),
            new TextColumn("cells", [.. rows.Select(row => row.Of(run => run.TrainingCells).Mean.ToString("N0", CultureInfo.InvariantCulture))]),
            .. Measures.Select(measure => new TextColumn(measure.Name, [.. rows.Select(row => row.Of(measure).ToString(measure.Format))])),
            new TextColumn("P accuracy", [.. rows.Select(row => P(row, AnnotationMeasures.Accuracy))]),
            new TextColumn("P macro-F1", [.. rows.Select(row => P(row, AnnotationMeasures.MacroF1))]),
            new TextColumn("seconds", [.. rows.Select(row => row.Of(run => run.FitSeconds + run.TestSeconds).Mean.ToString("G3", CultureInfo.InvariantCulture))]),
            new TextColumn("parameters", [.. rows.Select(row => row.Of(run => run.Parameters).Mean.ToString("N0", CultureInfo.InvariantCulture))]),
            new TextColumn("FLOPs", [.. rows.Select(row => row.Of(run => run.Flops).Mean is var flops && double.IsNaN(flops) ? "" : flops.ToString("E1", CultureInfo.InvariantCulture))]),
        ]);
    }

    /// <summary>Precision, recall and F1 of every type by every method, with their intervals over the seeds that test on a cell of it; "none" where none does.</summary>
    /// <param name="fraction">The share of the labels. Default: the largest.</param>
    public Table OfTypes(double? fraction = null)
    {
        var rows = (from type in Enumerable.Range(0, Types.Count) from method in Methods select (Type: type, Summary: Of(method, fraction))).ToArray();
        TextColumn Column(string name, Func<Metrics.Classification.ClassScores, double> score) =>
            new(name, [.. rows.Select(row => row.Summary.OfType(row.Type, score).ToString("F3"))]);
        return new Table(
        [
            new TextColumn("type", [.. rows.Select(row => Types[row.Type])]),
            new TextColumn("method", [.. rows.Select(row => row.Summary.Method)]),
            new TextColumn("test cells", [.. rows.Select(row => row.Summary.Of(run => run.Matrix.PerClass[row.Type].Support).Mean.ToString("N0", CultureInfo.InvariantCulture))]),
            Column("precision", scores => scores.Precision),
            Column("recall", scores => scores.Recall),
            Column("F1", scores => scores.F1),
        ]);
    }

    /// <summary>Every method against every other: difference in accuracy and macro-F1, row minus column, in words; see <see cref="Verdict"/>.</summary>
    /// <param name="fraction">The share of the labels. Default: the largest.</param>
    public Table Pairs(double? fraction = null)
    {
        var pairs = (from i in Enumerable.Range(0, Methods.Count) from j in Enumerable.Range(0, i) select (Method: Methods[i], Other: Methods[j])).ToArray();
        return new Table(
        [
            new TextColumn("method", [.. pairs.Select(pair => pair.Method)]),
            new TextColumn("beside", [.. pairs.Select(pair => pair.Other)]),
            .. new[] { AnnotationMeasures.Accuracy, AnnotationMeasures.MacroF1 }.Select(measure => new TextColumn(measure.Name, [.. pairs.Select(pair => Verdict(pair.Method, pair.Other, measure, fraction))])),
        ]);
    }

    /// <summary>Whether types that no training cell had are noticed; null where the split tests on no such type.</summary>
    /// <param name="fraction">The share of the labels. Default: the largest.</param>
    public Table? OfUnseen(double? fraction = null)
    {
        AnnotationSummary[] rows = [.. Methods.Select(method => Of(method, fraction))];
        TextColumn Column(string name, Func<NoveltyScore, double> value) => new(name, [.. rows.Select(row => row.Of(run => value(run.Novelty)).ToString("F3"))]);
        return Outcomes.Any(run => run.Novelty.UnseenShare > 0)
            ? new Table(
            [
                new TextColumn("method", [.. rows.Select(row => row.Method)]),
                Column("unseen cells", novelty => novelty.UnseenShare),
                Column("AUROC", novelty => novelty.Auroc),
                Column("unassigned, unseen types", novelty => novelty.UnassignedUnseen),
                Column("unassigned, known types", novelty => novelty.UnassignedSeen),
            ])
            : null;
    }

    /// <summary>Every run of the questions of sensitivity; null where none was asked.</summary>
    public Table? OfSensitivity()
    {
        AnnotationOutcome[] runs = [.. Plan.Sensitivity.SelectMany(asked => Sensitivity(asked).SelectMany(value => value.Runs))];
        return runs.Length == 0
            ? null
            : new Table(
            [
                new TextColumn("method", [.. runs.Select(run => run.Method)]),
                new TextColumn("option", [.. runs.Select(run => run.Option)]),
                new TextColumn("value", [.. runs.Select(run => run.Value)]),
                new TextColumn("labels", [.. runs.Select(run => Share(run.Fraction))]),
                new IntegerColumn("seed", [.. runs.Select(run => (long)run.Seed)]),
                new NumberColumn("accuracy", [.. runs.Select(run => run.Matrix.Accuracy)], "F3"),
                new NumberColumn("macro-F1", [.. runs.Select(AnnotationMeasures.MacroF1.Of)], "F3"),
            ]);
    }

    private string P(AnnotationSummary row, Measure<AnnotationOutcome> measure) =>
        row.Method != Reference && PValue(row.Method, Reference, measure, row.Fraction) is var p && !double.IsNaN(p) ? p.ToString("G2", CultureInfo.InvariantCulture) : "";

    private static string Share(double fraction) => string.Create(CultureInfo.InvariantCulture, $"{fraction * 100:0.####}%");
}
