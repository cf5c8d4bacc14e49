namespace ScFm.Model.Models.Geneformer;

/// <summary>How often each token stands at about each rank: what can be predicted of a hidden token without looking at the rest of its cell.</summary>
internal sealed class RankFrequencies
{
    private const double Scale = 8; // ranks above it share a bin with the eighth part of their like: 64 bins of 2,048 ranks

    private static readonly double[] Strengths = [10, 100, 1000, 10_000, 100_000];

    private readonly int tokens;
    private readonly long[][] counts;
    private readonly double[] share;

    /// <summary>An empty table.</summary>
    /// <param name="tokens">Number of tokens that there are.</param>
    /// <param name="ranks">Number of ranks.</param>
    public RankFrequencies(int tokens, int ranks)
    {
        this.tokens = tokens;
        counts = [.. Enumerable.Range(0, Bin(ranks - 1) + 1).Select(_ => new long[tokens])];
        share = new double[tokens];
    }

    /// <summary>Counts a cell's tokens.</summary>
    public void Add(int[] cell)
    {
        for (var rank = 0; rank < cell.Length; rank++)
        {
            counts[Bin(rank)][cell[rank]]++;
        }
    }

    /// <summary>Predicts by the frequencies over all ranks.</summary>
    public MaskedScore Unigram(IReadOnlyList<MaskedCell> cells) => Score(cells, double.PositiveInfinity);

    /// <summary>
    /// Predicts by the frequencies at about the rank, drawn towards those over all ranks as strongly as suits these cells best: a model is never
    /// compared with a worse predictor of the kind than there is.
    /// </summary>
    public MaskedScore AtRank(IReadOnlyList<MaskedCell> cells) => Strengths.Select(strength => Score(cells, strength)).MinBy(score => score.Loss);

    private static int Bin(int rank) => (int)(Scale * Math.Log2(1 + rank / Scale));

    private MaskedScore Score(IReadOnlyList<MaskedCell> cells, double strength)
    {
        SetShares();
        double[][] predicted = [.. counts.Select(bin => Predict(bin, strength))];
        int[] likeliest = [.. predicted.Select(bin => Array.IndexOf(bin, bin.Max()))];
        var (loss, right, count) = (0.0, 0L, 0L);
        foreach (var cell in cells)
        {
            for (var i = 0; i < cell.Predicted.Length; i++, count++)
            {
                var bin = Bin(cell.Predicted[i]);
                loss -= Math.Log(predicted[bin][cell.Targets[i]]);
                right += likeliest[bin] == cell.Targets[i] ? 1 : 0;
            }
        }
        return new MaskedScore(loss / count, (double)right / count, count);
    }

    /// <summary>The share of each token over all ranks, each counted once more so that none is impossible.</summary>
    private void SetShares()
    {
        for (var token = 0; token < tokens; token++)
        {
            share[token] = counts.Sum(bin => bin[token]) + 1;
        }
        var sum = share.Sum();
        for (var token = 0; token < tokens; token++)
        {
            share[token] /= sum;
        }
    }

    private double[] Predict(long[] bin, double strength)
    {
        var seen = bin.Sum();
        return [.. share.Select((own, token) => double.IsInfinity(strength) ? own : (bin[token] + strength * own) / (seen + strength))];
    }
}
