namespace ScFm.Model.Metrics.Classification;

/// <summary>Scores of probabilities of several classes, before any of them is chosen.</summary>
/// <remarks>The values are scikit-learn's. A class without items, which has no such score, is left out of a mean.</remarks>
public static class ClassProbabilities
{
    // What a float64 cannot tell from 0: a class that was held for impossible costs much, but not infinitely much.
    private static readonly double Least = Math.BitIncrement(1.0) - 1;

    /// <summary>Mean AUROC of each class against all others; NaN where all items are of one class.</summary>
    /// <param name="truth">The class of each item, 0 to classes - 1.</param>
    /// <param name="probabilities">[items, classes].</param>
    /// <exception cref="ArgumentException">The lengths differ, there is no item, a class is outside its range, or a probability is no number.</exception>
    public static double AurocOneVersusRest(ReadOnlySpan<int> truth, Points probabilities)
    {
        ClassCodes.Require(truth, probabilities);
        var labels = truth.ToArray();
        int[] all = [.. Enumerable.Range(0, labels.Length)];
        var present = Present(labels);
        return present.Length < 2 ? double.NaN : present.Average(c => Auroc(all, labels, probabilities, c));
    }

    /// <summary>Mean AUROC of all pairs of classes among the items of both, each class's probability taken in turn; it does not depend on how many items a class has (Hand and Till, Machine Learning 45, 2001). NaN where all items are of one class.</summary>
    /// <param name="truth">The class of each item, 0 to classes - 1.</param>
    /// <param name="probabilities">[items, classes].</param>
    /// <exception cref="ArgumentException">The lengths differ, there is no item, a class is outside its range, or a probability is no number.</exception>
    public static double AurocOneVersusOne(ReadOnlySpan<int> truth, Points probabilities)
    {
        ClassCodes.Require(truth, probabilities);
        var labels = truth.ToArray();
        var present = Present(labels);
        var pairs = present.SelectMany(a => present.Where(b => b > a).Select(b => (a, b))).ToArray();
        return pairs.Length == 0 ? double.NaN : pairs.Average(pair =>
        {
            int[] both = [.. Enumerable.Range(0, labels.Length).Where(i => labels[i] == pair.a || labels[i] == pair.b)];
            return (Auroc(both, labels, probabilities, pair.a) + Auroc(both, labels, probabilities, pair.b)) / 2;
        });
    }

    /// <summary>Mean of -ln p of the true class, nats: 0 for certain and right. Probabilities are brought to the sum 1 first, and to no less than 2.2e-16.</summary>
    /// <param name="truth">The class of each item, 0 to classes - 1.</param>
    /// <param name="probabilities">[items, classes].</param>
    /// <exception cref="ArgumentException">The lengths differ, there is no item, a class is outside its range, or a probability is no number.</exception>
    public static double LogLoss(ReadOnlySpan<int> truth, Points probabilities)
    {
        ClassCodes.Require(truth, probabilities);
        var sum = 0.0;
        for (var i = 0; i < truth.Length; i++)
        {
            var total = 0.0;
            foreach (var probability in probabilities[i])
            {
                total += Math.Clamp(probability, Least, 1 - Least);
            }
            sum -= Math.Log(Math.Clamp(probabilities[i][truth[i]], Least, 1 - Least) / total);
        }
        return sum / truth.Length;
    }

    private static int[] Present(int[] labels) => [.. labels.Distinct().Order()];

    /// <summary>AUROC of one class's probability among some items.</summary>
    private static double Auroc(int[] items, int[] labels, Points probabilities, int of) =>
        RocCurve.Of(Array.ConvertAll(items, i => labels[i] == of), Array.ConvertAll(items, i => probabilities[i][of])).Area;
}
