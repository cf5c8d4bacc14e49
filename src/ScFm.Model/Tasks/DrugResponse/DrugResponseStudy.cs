using System.Diagnostics;
using System.Globalization;
using ScFm.Model.Display;
using ScFm.Model.Metrics;
using ScFm.Model.Tables;

namespace ScFm.Model.Tasks.DrugResponse;

/// <summary>How well methods predict drug responses, each beside all others.</summary>
/// <param name="Outcomes">Every method's answer to every split and seed.</param>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed record DrugResponseStudy(IReadOnlyList<ResponseOutcome> Outcomes) : MethodStudy
{
    private const double Rounding = 1e-6;

    /// <summary>Puts splits to methods.</summary>
    /// <param name="problem">The pairs and what is known of drugs and cell lines.</param>
    /// <param name="splits">The splits of each seed.</param>
    /// <param name="methods">The methods.</param>
    /// <param name="store">Where results are kept. Default: nowhere.</param>
    /// <param name="progress">Told before every result. Default: nobody.</param>
    /// <param name="cancellation">Stops the study; the results so far are kept in the store.</param>
    /// <exception cref="OperationCanceledException">The study was stopped.</exception>
    public static DrugResponseStudy Run(
        ResponseProblem problem, IReadOnlyList<(int Seed, ResponseSplit Split)> splits, IReadOnlyList<IResponseMethod> methods, ResultStore? store = null,
        IProgress<StudyStep>? progress = null, CancellationToken cancellation = default)
    {
        var data = problem.Identity;
        var runs =
            from part in splits
            from method in methods
            let known = part.Split.Training.Length + part.Split.Validation.Length
            select new StudyRun<ResponseOutcome>(
                "response", $"{part.Split.Name}, {method.Name}, seed {part.Seed}", $"pairs {data}, split {part.Split.Identity} of {known} known, seed {part.Seed}; {method.Settings}",
                () => Score(problem, part.Split, method, part.Seed, cancellation));
        return new DrugResponseStudy(StudyLoop.Run(runs, splits.Count * methods.Count, store, progress, cancellation)) 
        {
            Baselines = BaselinesOf(methods),
            Titles = problem.Responses.Drugs.Zip(problem.Responses.Titles).ToDictionary(drug => drug.First, drug => drug.Second, StringComparer.Ordinal),
        };
    }

    private static ResponseOutcome Score(ResponseProblem problem, ResponseSplit split, IResponseMethod method, int seed, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var predicted = method.Predict(problem, split, seed, cancellation);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var responses = problem.Responses;
        var truth = responses.ValuesOf(split.Test);
        string[] drugs = [.. split.Test.Select(pair => responses.Drugs[responses.DrugOfPair[pair]])];
        string?[] types = [.. split.Test.Select(pair => responses.CancerTypes[responses.CellOfPair[pair]])];
        return new ResponseOutcome(
            split.Name, method.Name, seed, ResponseScore.Of(truth, predicted), ResponseScore.Within(truth, predicted, drugs), ResponseScore.Within(truth, predicted, types),
            drugs, [.. split.Test.Select(pair => responses.Cells[responses.CellOfPair[pair]])], truth, predicted, split.Training.Length + split.Validation.Length, seconds);
    }

    /// <summary>What tables call drugs whose names are numbers, by these. Default: their names.</summary>
    public IReadOnlyDictionary<string, string> Titles { get; init; } = new Dictionary<string, string>();

    /// <inheritdoc/>
    public override IReadOnlyList<string> Methods => [.. Outcomes.Select(outcome => outcome.Method).Distinct()];

    /// <summary>The splits, in the order of the tables.</summary>
    public IReadOnlyList<string> Splits => [.. Outcomes.Select(outcome => outcome.Split).Distinct()];

    /// <summary>Rows: split with method; columns: the scores over all pairs, within drugs and within cancer types, and the wall time, each as mean ± half of the 95% interval over seeds, wider where each scores other pairs by what their splits share (Nadeau and Bengio 2003).</summary>
    public override Table ToTable()
    {
        var rows = Outcomes.GroupBy(outcome => (outcome.Split, outcome.Method)).ToArray();
        return new Table(
        [
            new TextColumn("split", [.. rows.Select(row => row.Key.Split)]),
            new TextColumn("method", [.. rows.Select(row => row.Key.Method)]),
            .. ResponseMeasures.All.Append(new("seconds", outcome => outcome.Seconds, Format: "F1"))
                .Select(measure => new TextColumn(measure.Name, [.. rows.Select(row => Interval([.. row], measure.Of).ToString(measure.Format))])),
        ]);
    }

    /// <summary>Whether each method that is no baseline has learnt more than the best baseline, one sentence a method and split.</summary>
    public IEnumerable<string> Findings() => BestBaseline is { } best ? Learners.SelectMany(method => Findings(method, best)) : [];

    /// <summary>The baseline with the highest mean Pearson, of as good ones the first; null where there is no baseline.</summary>
    /// <remarks>Of a drug that is left out, what adds a constant to another's predictions has its correlation but for rounding.</remarks>
    public string? BestBaseline => Baselines.FirstOrDefault(method => MeanPearson(method) >= Baselines.Max(MeanPearson) - Rounding);

    /// <summary>Whether a method has learnt more than a baseline, one sentence a split.</summary>
    /// <param name="method">The method.</param>
    /// <param name="baseline">The baseline.</param>
    /// <exception cref="KeyNotFoundException">The study has no such method.</exception>
    public IEnumerable<string> Findings(string method, string baseline)
    {
        Require(method);
        Require(baseline);
        foreach (var split in Splits)
        {
            var (mine, theirs) = (OutcomesOf(split, method), OutcomesOf(split, baseline));
            var gain = Difference(mine, theirs, ResponseMeasures.Pearson.Of);
            var within = Difference(mine, theirs, ResponseMeasures.PearsonWithinDrugs.Of);
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{split}: {method} {Verdict.Of(gain)} {baseline}, Pearson {mine.Average(one => one.All.Pearson):F4} and {theirs.Average(one => one.All.Pearson):F4} over all pairs (difference {gain.ToString("F4")} over seeds), {within.ToString("F4")} more within drugs.");
        }
    }

    // What predicts one value of all has no correlation.
    private double MeanPearson(string method) => Outcomes.Where(outcome => outcome.Method == method).Average(outcome => double.IsNaN(outcome.All.Pearson) ? 0 : outcome.All.Pearson);

    private ResponseOutcome[] OutcomesOf(string split, string method) => [.. Outcomes.Where(outcome => outcome.Split == split && outcome.Method == method).OrderBy(outcome => outcome.Seed)];

    private static MeanInterval Interval(ResponseOutcome[] row, Func<ResponseOutcome, double> score) => Interval([.. row.Select(score)], row, AreRepeated(row));

    private static MeanInterval Difference(ResponseOutcome[] mine, ResponseOutcome[] theirs, Func<ResponseOutcome, double> score) =>
        Interval([.. mine.Zip(theirs, (one, other) => score(one) - score(other))], mine, AreRepeated(mine) || AreRepeated(theirs));

    // Seeds that score the same pairs repeat the training alone; those that draw them anew share most of what they learn from.
    private static MeanInterval Interval(double[] values, ResponseOutcome[] row, bool areRepeated) =>
        MeanInterval.Of(areRepeated ? values : values[..1], ScoreTheSame(row) ? 0 : row.Average(outcome => outcome.Truth.Length) / row.Average(outcome => outcome.Known));

    // Seeds that could not change the answer are no repetition of it.
    private static bool AreRepeated(ResponseOutcome[] row) =>
        !ScoreTheSame(row) || !Repetition.ChangesNothing([.. row.Select(outcome => Array.ConvertAll(outcome.Predicted, value => (double)value))]);

    private static bool ScoreTheSame(ResponseOutcome[] row) => row.All(outcome => outcome.Drugs.SequenceEqual(row[0].Drugs) && outcome.Cells.SequenceEqual(row[0].Cells));

    /// <summary>Each drug's correlation under one method and under another, the largest gain first.</summary>
    /// <param name="method">The method.</param>
    /// <param name="baseline">The method it is compared with.</param>
    /// <returns>Columns: drug (what it is called), pairs, both methods' mean Pearson over seeds, gain.</returns>
    /// <exception cref="KeyNotFoundException">The study has no such method.</exception>
    public Table GainByDrug(string method, string baseline)
    {
        var (mine, theirs) = (ByDrug(method), ByDrug(baseline));
        var drugs = mine.Keys.Where(theirs.ContainsKey).OrderByDescending(drug => mine[drug].Pearson - theirs[drug].Pearson).ToArray();
        return new Table(
            new TextColumn("drug", [.. drugs.Select(drug => Titles.GetValueOrDefault(drug, drug))]),
            new IntegerColumn("pairs", [.. drugs.Select(drug => (long)mine[drug].Pairs)]),
            new NumberColumn(method, [.. drugs.Select(drug => mine[drug].Pearson)], "F3"),
            new NumberColumn(baseline == method ? baseline + " " : baseline, [.. drugs.Select(drug => theirs[drug].Pearson)], "F3"),
            new NumberColumn("gain", [.. drugs.Select(drug => mine[drug].Pearson - theirs[drug].Pearson)], "F3"));
    }

    private Dictionary<string, (double Pearson, int Pairs)> ByDrug(string method)
    {
        Require(method);
        return Outcomes.Where(outcome => outcome.Method == method).SelectMany(outcome => Enumerable.Range(0, outcome.Drugs.Length).GroupBy(pair => outcome.Drugs[pair]).Where(pairs => pairs.Count() >= ResponseScore.FewestPairs)
                .Select(pairs => (Drug: pairs.Key, Score: ResponseScore.Of([.. pairs.Select(pair => outcome.Truth[pair])], [.. pairs.Select(pair => outcome.Predicted[pair])]))))
            .GroupBy(one => one.Drug)
            .ToDictionary(drug => drug.Key, drug => (drug.Average(one => double.IsNaN(one.Score.Pearson) ? 0 : one.Score.Pearson), drug.First().Score.Pairs));
    }
}
