namespace ScFm.Model.Regression.Logistic;

/// <summary>For each C the likeliest class so far of each sample, by the functions of the fold that leaves it out; classes may come in any order and from several threads.</summary>
internal sealed class LeftOutPredictions
{
    private readonly double[][] greatest;
    private readonly int[][] classOf;
    private readonly Lock gate = new();

    internal LeftOutPredictions(int cs, int samples)
    {
        greatest = [.. Enumerable.Range(0, cs).Select(_ => Enumerable.Repeat(double.NegativeInfinity, samples).ToArray())];
        classOf = [.. Enumerable.Range(0, cs).Select(_ => new int[samples])];
    }

    /// <summary>Adds the values of some functions for the samples that they did not learn from.</summary>
    internal void Add(int c, LogisticOutput[] outputs, int classes, Predicate<int> isLeftOut)
    {
        lock (gate)
        {
            for (var sample = 0; sample < classOf[c].Length; sample++)
            {
                if (!isLeftOut(sample))
                {
                    continue;
                }
                foreach (var output in outputs)
                {
                    var value = output.Linear[sample];
                    if (classes == 2)
                    {
                        classOf[c][sample] = value > 0 ? 1 : 0;
                    }
                    else if (value > greatest[c][sample] || (value == greatest[c][sample] && output.Class < classOf[c][sample]))
                    {
                        (greatest[c][sample], classOf[c][sample]) = (value, output.Class);
                    }
                }
            }
        }
    }

    /// <summary>The mean over folds of the share that was recognised.</summary>
    internal double Accuracy(int c, int[] labels, int[] foldOf, int folds)
    {
        var (hits, sizes) = (new double[folds], new double[folds]);
        for (var sample = 0; sample < labels.Length; sample++)
        {
            hits[foldOf[sample]] += classOf[c][sample] == labels[sample] ? 1 : 0;
            sizes[foldOf[sample]]++;
        }
        return hits.Zip(sizes, (hit, size) => hit / size).Average();
    }
}
