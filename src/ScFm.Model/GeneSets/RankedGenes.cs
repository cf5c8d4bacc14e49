namespace ScFm.Model.GeneSets;

/// <summary>Genes in descending order of a score, and how far towards one end a set of them lies.</summary>
/// <remarks>Genes of equal score keep the order in which they came.</remarks>
public sealed class RankedGenes
{
    private readonly double[] weights;
    private readonly Dictionary<string, int> places;

    /// <summary>Sorts genes.</summary>
    /// <param name="genes">Their names, each once.</param>
    /// <param name="scores">One finite score a gene, such as a loading or a fold change.</param>
    /// <param name="weight">The power of the score that a gene's step is proportional to. Default: 1.</param>
    /// <exception cref="ArgumentException">The lengths differ, a name comes twice, or a score is not finite.</exception>
    public RankedGenes(IReadOnlyList<string> genes, IReadOnlyList<double> scores, double weight = 1)
    {
        if (genes.Count != scores.Count || genes.Count < 2)
        {
            throw new ArgumentException($"There are {genes.Count} genes and {scores.Count} scores; expected one score a gene, and two genes or more.");
        }
        for (var i = 0; i < scores.Count; i++)
        {
            if (!double.IsFinite(scores[i]))
            {
                throw new ArgumentException($"The score of '{genes[i]}' is {scores[i]}; expected a finite number.");
            }
        }
        int[] order = [.. Enumerable.Range(0, genes.Count).OrderByDescending(i => scores[i])];
        Genes = [.. order.Select(i => genes[i])];
        Scores = [.. order.Select(i => scores[i])];
        weights = [.. Scores.Select(score => Math.Pow(Math.Abs(score), weight))];
        places = new Dictionary<string, int>(Genes.Count);
        for (var i = 0; i < Genes.Count; i++)
        {
            if (!places.TryAdd(Genes[i], i))
            {
                throw new ArgumentException($"The gene '{Genes[i]}' is ranked twice; expected every gene once.");
            }
        }
    }

    /// <summary>The genes, the highest score first.</summary>
    public IReadOnlyList<string> Genes { get; }

    /// <summary>Their scores, descending.</summary>
    public IReadOnlyList<double> Scores { get; }

    /// <summary>Number of genes.</summary>
    public int Count => Genes.Count;

    /// <summary>The places of those genes of a set that are ranked, from 0, ascending.</summary>
    public int[] PlacesOf(GeneSet set) => [.. set.Genes.Where(places.ContainsKey).Select(gene => places[gene]).Distinct().Order()];

    /// <summary>The enrichment score: the running sum where it is farthest from zero.</summary>
    /// <remarks>
    /// Down the ranking the sum grows at a gene of the set by its share of the set's weights, and falls at any other by 1 / (number of others). Only at the genes of
    /// the set can it be farthest. Where all weights of a set are zero, its genes count alike. Source: Subramanian et al., PNAS 102 (2005), appendix.
    /// </remarks>
    /// <param name="hits">The places of the set's genes, ascending; at least one, and fewer than there are genes.</param>
    /// <returns>The score, in [-1, 1], and at which of the hits the peak or the pit is: the pit is just before it.</returns>
    public (double Score, int Hit) Enrichment(ReadOnlySpan<int> hits)
    {
        var total = 0.0;
        foreach (var place in hits)
        {
            total += weights[place];
        }
        var (up, flat, down) = total > 0 ? (1 / total, 0.0, 1.0 / (Count - hits.Length)) : (0.0, 1.0 / hits.Length, 1.0 / (Count - hits.Length));
        var (sum, peak, pit, peakAt, pitAt) = (0.0, 0.0, 0.0, 0, 0);
        for (var i = 0; i < hits.Length; i++)
        {
            var fallen = (hits[i] - i) * down;
            if (sum - fallen < pit)
            {
                (pit, pitAt) = (sum - fallen, i);
            }
            sum += weights[hits[i]] * up + flat;
            if (sum - fallen > peak)
            {
                (peak, peakAt) = (sum - fallen, i);
            }
        }
        return peak >= -pit ? (peak, peakAt) : (pit, pitAt);
    }

    /// <summary>The running sum after every gene of the ranking, for a figure.</summary>
    /// <param name="hits">The places of the set's genes, ascending.</param>
    public double[] RunningSum(ReadOnlySpan<int> hits)
    {
        var steps = new double[Count];
        Array.Fill(steps, -1.0 / (Count - hits.Length));
        var total = 0.0;
        foreach (var place in hits)
        {
            total += weights[place];
        }
        foreach (var place in hits)
        {
            steps[place] = total > 0 ? weights[place] / total : 1.0 / hits.Length;
        }
        for (var i = 1; i < steps.Length; i++)
        {
            steps[i] += steps[i - 1];
        }
        return steps;
    }
}
