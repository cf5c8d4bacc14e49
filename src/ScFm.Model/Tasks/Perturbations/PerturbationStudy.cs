using MathNet.Numerics.Distributions;
using ScFm.Model.Display;
using ScFm.Model.Metrics;
using ScFm.Model.Screens;

namespace ScFm.Model.Tasks.Perturbations;

/// <summary>How well methods predict what perturbations do, each beside all others.</summary>
/// <param name="Screen">The screen.</param>
/// <param name="Outcomes">Every method's answer to every split and seed.</param>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed partial record PerturbationStudy(PerturbationScreen Screen, IReadOnlyList<PerturbationOutcome> Outcomes) : MethodStudy
{
    /// <summary>Puts splits to methods.</summary>
    /// <param name="screen">The screen.</param>
    /// <param name="splits">The splits of each seed.</param>
    /// <param name="methods">The methods.</param>
    /// <param name="store">Where results are kept. Default: nowhere.</param>
    /// <param name="progress">Told before every result. Default: nobody.</param>
    /// <param name="cancellation">Stops the study; the results so far are kept in the store.</param>
    /// <exception cref="OperationCanceledException">The study was stopped.</exception>
    public static PerturbationStudy Run(
        PerturbationScreen screen, IReadOnlyList<(int Seed, PerturbationSplit Split)> splits, IReadOnlyList<IPerturbationMethod> methods, ResultStore? store = null,
        IProgress<StudyStep>? progress = null, CancellationToken cancellation = default)
    {
        var scoring = new PerturbationScoring(screen);
        var runs =
            from part in splits
            from method in methods
            select new StudyRun<PerturbationOutcome>(
                "perturbation", $"{part.Split.Name}, {method.Name}, seed {part.Seed}", $"screen {screen.Identity}, split {part.Split.Identity}, seed {part.Seed}; {method.SettingsFor(screen)}",
                () => scoring.Outcome(part.Split, method, part.Seed, cancellation));
        return new PerturbationStudy(screen, StudyLoop.Run(runs, splits.Count * methods.Count, store, progress, cancellation)) { Baselines = BaselinesOf(methods) };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Methods => [.. Outcomes.Select(outcome => outcome.Method).Distinct()];

    /// <summary>The kinds of questions, in the order of the tables; see <see cref="PerturbationSplit.KindOf"/>.</summary>
    public IReadOnlyList<string> Kinds => [.. Outcomes.SelectMany(outcome => outcome.Groups).Select(group => group.Kind).Distinct().OrderBy(kind => char.IsAsciiDigit(kind[0])).ThenBy(kind => kind, StringComparer.Ordinal)];

    /// <summary>The mean of a measure over the groups of a kind, with half of its 95% interval.</summary>
    /// <remarks>
    /// Where every seed predicts the same groups, for other groups and other seeds (<see cref="CrossedMean"/>, with the degrees of freedom of Satterthwaite 1946); where each predicts others, over the seeds' means, wider by
    /// what their splits share (Nadeau and Bengio 2003); of one seed, or where seeds change nothing, over groups.
    /// </remarks>
    /// <param name="kind">The kind.</param>
    /// <param name="method">The method.</param>
    /// <param name="measure">The measure.</param>
    /// <exception cref="KeyNotFoundException">The study has no such method.</exception>
    public MeanInterval Interval(string kind, string method, Measure<PerturbationScore> measure) => Interval(Values(kind, method, measure), method);

    /// <summary>How much greater a method's measure is than another's, group by group and seed by seed, with half of its 95% interval.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="method">The method.</param>
    /// <param name="other">The other method.</param>
    /// <param name="measure">The measure.</param>
    /// <exception cref="KeyNotFoundException">The study has no such method.</exception>
    internal MeanInterval Difference(string kind, string method, string other, Measure<PerturbationScore> measure)
    {
        var (mine, theirs) = (Values(kind, method, measure), Values(kind, other, measure));
        return Interval([.. mine.Select((seed, i) => seed.ToDictionary(one => one.Key, one => one.Value - theirs[i][one.Key]))], method);
    }

    /// <summary>The outcomes of a method, by seed.</summary>
    /// <exception cref="KeyNotFoundException">The study has no such method.</exception>
    public IReadOnlyList<PerturbationOutcome> OutcomesOf(string method)
    {
        Require(method);
        return [.. Outcomes.Where(outcome => outcome.Method == method).OrderBy(outcome => outcome.Seed)];
    }

    // A dictionary a seed. A pair that is predicted without its one target and without its other is one group and no two: the mean over the splits.
    private Dictionary<(string Condition, string Context), double>[] Values(string kind, string method, Measure<PerturbationScore> measure) =>
    [
        .. OutcomesOf(method).GroupBy(outcome => outcome.Seed).Select(seed => seed.SelectMany(outcome => outcome.Groups).Where(group => group.Kind == kind)
            .GroupBy(group => (group.Condition, group.Context)).ToDictionary(group => group.Key, group => group.Average(one => measure.Of(one.Score)))),
    ];

    private MeanInterval Interval(Dictionary<(string Condition, string Context), double>[] seeds, string method)
    {
        seeds = [.. seeds.Where(seed => seed.Count > 0)];
        if (seeds.Length == 0)
        {
            return MeanInterval.Of([]);
        }
        var keys = seeds[0].Keys.ToArray();
        if (seeds.All(seed => seed.Count == keys.Length && keys.All(seed.ContainsKey)))
        {
            double[][] values = [.. seeds.Select(seed => Array.ConvertAll(keys, key => seed[key]))];
            if (Repetition.ChangesNothing(values))
            {
                return MeanInterval.Of(values[0]); // seeds that change nothing are no repetition
            }
            var crossed = CrossedMean.Of(values);
            return new MeanInterval(crossed.Mean, HalfWidth(crossed), values.Length * keys.Length);
        }
        var outcomes = OutcomesOf(method);
        return MeanInterval.Of(seeds.Select(seed => seed.Values.Average()), outcomes.Average(outcome => outcome.Groups.Length) / outcomes.Average(outcome => outcome.Known));
    }

    // Groups mostly differ more than seeds do, and there are more of them: the few seeds' degrees of freedom would widen the interval by what they hardly have a part in.
    private static double HalfWidth(CrossedMean mean)
    {
        static double Part(double error, int count) => count > 1 ? Math.Pow(error, 4) / (count - 1) : 0;
        var parts = Part(mean.CellError, mean.Cells) + Part(mean.SeedError, mean.Seeds);
        return parts > 0 ? StudentT.InvCDF(0, 1, Math.Max(1, Math.Pow(mean.StandardError, 4) / parts), 0.975) * mean.StandardError : mean.StandardError;
    }
}
