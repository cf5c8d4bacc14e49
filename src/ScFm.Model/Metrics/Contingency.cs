using MathNet.Numerics;

namespace ScFm.Model.Metrics;

/// <summary>How often each pair of labels of two labellings occurs together; what all scores of agreement are made of.</summary>
internal sealed class Contingency
{
    private readonly List<(int A, int B, double Count)> cells;
    private readonly double[] sizesA;
    private readonly double[] sizesB;

    private Contingency(int total, List<(int A, int B, double Count)> cells, double[] sizesA, double[] sizesB) =>
        (Total, this.cells, this.sizesA, this.sizesB) = (total, cells, sizesA, sizesB);

    /// <summary>Number of items.</summary>
    internal double Total { get; }

    /// <summary>Whether both labellings put all items in one cluster, or there are no items.</summary>
    internal bool BothTrivial => sizesA.Length <= 1 && sizesB.Length <= 1;

    /// <summary>Entropy of the first labelling, nats.</summary>
    internal double EntropyA => Entropy(sizesA);

    /// <summary>Entropy of the second labelling, nats.</summary>
    internal double EntropyB => Entropy(sizesB);

    /// <summary>Mutual information, nats.</summary>
    internal double MutualInformation
    {
        get
        {
            var sum = cells.Sum(c => c.Count / Total * (Math.Log(c.Count) + Math.Log(Total) - Math.Log(sizesA[c.A]) - Math.Log(sizesB[c.B])));
            // Rounding may leave a trace of either sign where there is none.
            return Math.Abs(sum) < Precision.DoublePrecision * 2 || sum < 0 ? 0 : sum;
        }
    }

    /// <summary>Mutual information expected of random labellings with the same sizes (Vinh, Epps and Bailey, JMLR 2010, equation 24a), nats.</summary>
    internal double ExpectedMutualInformation
    {
        get
        {
            var sum = 0.0;
            foreach (var a in sizesA)
            {
                foreach (var b in sizesB)
                {
                    for (var n = Math.Max(1, a + b - Total); n <= Math.Min(a, b); n++)
                    {
                        var probability = Math.Exp(
                            LogFactorial(a) + LogFactorial(b) + LogFactorial(Total - a) + LogFactorial(Total - b)
                            - LogFactorial(Total) - LogFactorial(n) - LogFactorial(a - n) - LogFactorial(b - n) - LogFactorial(Total - a - b + n));
                        sum += n / Total * Math.Log(Total * n / (a * b)) * probability;
                    }
                }
            }
            return sum;
        }
    }

    /// <summary>Ordered pairs of items: together in both, apart in both, apart in the first only, apart in the second only.</summary>
    internal (double Together, double Apart, double ApartInA, double ApartInB) Pairs
    {
        get
        {
            var together = cells.Sum(c => c.Count * c.Count);
            var apartInA = sizesB.Sum(s => s * s) - together;
            var apartInB = sizesA.Sum(s => s * s) - together;
            return (together - Total, Total * Total - apartInA - apartInB - together, apartInA, apartInB);
        }
    }

    internal static Contingency Of<TA, TB>(IReadOnlyList<TA> a, IReadOnlyList<TB> b) where TA : notnull where TB : notnull
    {
        if (a.Count != b.Count)
        {
            throw new ArgumentException($"The two labellings have {a.Count} and {b.Count} labels; expected one of each for every item.");
        }
        var (codesA, countA) = Labels.Encode(a);
        var (codesB, countB) = Labels.Encode(b);
        var cells = codesA.Zip(codesB).CountBy(pair => pair).Select(c => (c.Key.First, c.Key.Second, (double)c.Value)).ToList();
        return new Contingency(a.Count, cells, Labels.Sizes(codesA, countA), Labels.Sizes(codesB, countB));
    }

    private static double LogFactorial(double n) => SpecialFunctions.GammaLn(n + 1);

    private double Entropy(double[] sizes) => -sizes.Sum(s => s / Total * (Math.Log(s) - Math.Log(Total)));
}
