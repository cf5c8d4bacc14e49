using System.Globalization;
using ScFm.Model.Metrics;
using ScFm.Model.Tables;

namespace ScFm.Model.Tasks.Composition;

public sealed partial record CompositionStudy
{
    /// <summary>Rows: model, training and evaluation; columns: the score with its errors over cells and over seeds, the comparison with the baseline training, what is scored and was left out of the training, and what the model has to beat.</summary>
    public override Table ToTable()
    {
        var rows = Summaries;
        return new Table(
        [
            new TextColumn("model", [.. rows.Select(row => row.Model)]),
            new TextColumn("evaluation", [.. rows.Select(row => row.Evaluation)]),
            new TextColumn("training", [.. rows.Select(row => row.Training)]),
            new TextColumn("score", [.. rows.Select(row => Text(row.Score.Mean))]),
            new TextColumn("SE cells", [.. rows.Select(row => Text(row.Score.CellError))]),
            new TextColumn("SE seeds", [.. rows.Select(row => Text(row.Score.SeedError))]),
            new TextColumn("log2 fold", [.. rows.Select(row => IsBaseline(row) ? "" : row.Log2Fold.ToString("F2"))]),
            new TextColumn("P cells x seeds", [.. rows.Select(row => IsBaseline(row) ? "" : P(Corrected(row.OverCellsAndSeeds)))]),
            new TextColumn("P seeds", [.. rows.Select(row => IsBaseline(row) ? "" : P(Corrected(row.OverSeeds)))]),
            .. rows.Any(row => LeftOut(row) is not null) ? [new TextColumn("left out", [.. rows.Select(row => LeftOut(row) ?? "")])] : Array.Empty<Column>(),
            .. Baselines.Select(baseline => new TextColumn(baseline, [.. rows.Select(row => BaselinesOf(row.Model).Contains(baseline) ? Text(Score(baseline, row.Training, row.Evaluation).Mean) : "")])),
        ]);
    }

    /// <summary>
    /// What the numbers say, whoever wins: for each model and evaluation the best of all trainings, and whether the model beats what learns next to nothing; and for each
    /// training that left out what is scored, how it compares with the baseline training.
    /// </summary>
    public IEnumerable<string> Findings()
    {
        foreach (var group in Summaries.GroupBy(summary => (summary.Model, summary.Evaluation)))
        {
            var best = group.MaxBy(summary => double.IsNaN(summary.Score.Mean) ? double.NegativeInfinity : summary.Score.Mean)!;
            var than = IsBaseline(best) ? "" : $", against {Text(CrossedMean.Of(best.Baseline).Mean)} for {Baseline}: {Verdict(best)}";
            yield return $"{best.Evaluation}: {best.Model} is best when trained on {best.Training} ({Interval(best.Score)}), picked from {Trainings.Count} trainings{than}{AgainstRival(best)}.";
        }
        foreach (var summary in Summaries.Where(summary => LeftOut(summary) is not null))
        {
            var than = IsBaseline(summary) ? "" : $", against {Text(CrossedMean.Of(summary.Baseline).Mean)} for {Baseline}: {Verdict(summary)}";
            yield return $"{summary.Evaluation}: {summary.Model} trained on {summary.Training}, which left out {LeftOut(summary)}, has {Interval(summary.Score)}{than}.";
        }
    }

    /// <summary>A comparison with the baseline training in words; see <see cref="Verdict(CrossedMean)"/>.</summary>
    public static string Verdict(CompositionSummary summary) => Verdict(summary.Difference);

    /// <summary>A difference in words: with its 95% interval over cells and seeds, and whether that excludes zero. Of one seed the interval is over cells alone, which decides nothing about trainings.</summary>
    public static string Verdict(CrossedMean difference)
    {
        var (mean, half) = (difference.Mean, difference.HalfWidth);
        var verdict = double.IsNaN(half) ? "no interval"
            : difference.Seeds == 1 ? "no spread over seeds"
            : mean > half ? "better"
            : mean < -half ? "worse"
            : "no clear difference";
        return string.Create(CultureInfo.InvariantCulture, $"{mean:+0.000;-0.000} ± {half:F3}, {verdict}");
    }

    private string AgainstRival(CompositionSummary best)
    {
        var rival = BaselinesOf(best.Model).Select(baseline => (Name: baseline, Score: Score(baseline, best.Training, best.Evaluation)))
            .Where(baseline => !double.IsNaN(baseline.Score.Mean)).DefaultIfEmpty().MaxBy(baseline => baseline.Score.Mean);
        return rival.Name is null ? ""
            : $"; the best simple description, {rival.Name}, has {Text(rival.Score.Mean)}, and {best.Model} beside it: {Verdict(CompareModels(best.Model, rival.Name, best.Training, best.Evaluation))}";
    }

    private bool IsBaseline(CompositionSummary summary) => summary.Training == Baseline;

    /// <summary>What is scored and was left out of the training, such as "study A"; null where nothing was.</summary>
    private string? LeftOut(CompositionSummary summary)
    {
        var evaluation = Plan.Evaluations.First(evaluation => evaluation.Name == summary.Evaluation);
        return Plan.Trainings.First(training => training.Name == summary.Training).LeavesOut(evaluation) ? $"{evaluation.Only}" : null;
    }

    private static string Interval(CrossedMean score) => string.Create(CultureInfo.InvariantCulture, $"{score.Mean:F3} ± {score.HalfWidth:F3}");

    private static string Text(double value) => double.IsNaN(value) ? "none" : value.ToString("F3", CultureInfo.InvariantCulture);

    private static string P(double value) => double.IsNaN(value) ? "none" : value.ToString("G2", CultureInfo.InvariantCulture);
}
