using ScFm.Model.Metrics;

namespace ScFm.Model.Tasks.DrugResponse;

/// <summary>How near predicted responses are to the measured ones.</summary>
/// <param name="Pearson">Linear correlation; NaN where predictions do not vary.</param>
/// <param name="Spearman">Rank correlation; NaN where predictions do not vary.</param>
/// <param name="Rmse">Root of the mean squared error, in units of ln IC50.</param>
/// <param name="Pairs">Pairs that were scored.</param>
/// <param name="Groups">Groups over which the scores are the means; 1 for all pairs together.</param>
public sealed record ResponseScore(double Pearson, double Spearman, double Rmse, int Pairs, int Groups = 1)
{
    /// <summary>The fewest pairs of a group that is scored.</summary>
    public const int FewestPairs = 5;

    /// <summary>The score of pairs.</summary>
    public static ResponseScore Of(ReadOnlySpan<float> truth, ReadOnlySpan<float> predicted) => new(
        Correlation.Pearson(truth, predicted).Coefficient, Correlation.Spearman(truth, predicted).Coefficient, Math.Sqrt(Reconstruction.MeanSquaredError(truth, predicted)), truth.Length);

    /// <summary>The mean of the groups' own scores; a correlation that a group lacks, since its predictions do not vary, counts as 0: it tells nothing apart.</summary>
    /// <param name="truth">The measured responses.</param>
    /// <param name="predicted">The predicted ones.</param>
    /// <param name="groups">The group of each pair, such as its drug; null leaves a pair out. Groups of fewer than <see cref="FewestPairs"/> pairs are left out.</param>
    public static ResponseScore Within(float[] truth, float[] predicted, IReadOnlyList<string?> groups)
    {
        ResponseScore[] scores =
        [
            .. Enumerable.Range(0, truth.Length).Where(pair => groups[pair] is not null).GroupBy(pair => groups[pair]).Where(group => group.Count() >= FewestPairs)
                .Select(group => Of([.. group.Select(pair => truth[pair])], [.. group.Select(pair => predicted[pair])])),
        ];
        return scores.Length == 0
            ? new ResponseScore(double.NaN, double.NaN, double.NaN, 0, 0)
            : new ResponseScore(
                scores.Average(score => double.IsNaN(score.Pearson) ? 0 : score.Pearson), scores.Average(score => double.IsNaN(score.Spearman) ? 0 : score.Spearman),
                scores.Average(score => score.Rmse), scores.Sum(score => score.Pairs), scores.Length);
    }
}
