namespace ScFm.Model.Models.ScBert;

/// <summary>How often bins occur: predictors of hidden bins that look at no gene, which a model has to beat before its accuracy says anything.</summary>
/// <remarks>Source: Boiarsky et al. 2023, who found that the commonest bin of the cell explains most of scBERT's accuracy.</remarks>
public sealed class BinFrequencies
{
    private readonly double[] shares; // of each bin, 0 for bin 0

    /// <summary>The bins above 0 of a corpus.</summary>
    /// <param name="counts">How often each bin occurs, from bin 0 on; bin 0 is never hidden and does not count.</param>
    public BinFrequencies(IReadOnlyList<long> counts)
    {
        var bins = counts.Count - 1;
        var all = counts.Skip(1).Sum() + (double)bins; // one of each more, so that none is impossible
        shares = [0, .. counts.Skip(1).Select(count => (count + 1) / all)];
    }

    /// <summary>The shares of bins among what is visible of a cell; of a cell that shows none those of the corpus, by which bins that are equally frequent are told apart, too.</summary>
    public double[] OfCell(BinnedCell seen)
    {
        var own = shares.ToArray(); // weighs as one gene
        foreach (var bin in seen.Bins)
        {
            own[bin < own.Length ? bin : 0] += 1; // a mask is no bin
        }
        own[0] = 0;
        var all = own.Sum();
        return Array.ConvertAll(own, share => share / all);
    }

    /// <summary>The commonest bin of a cell that is visible.</summary>
    public int MajorityOf(BinnedCell seen) => Commonest(OfCell(seen));

    /// <summary>The corpus's shares as a prediction of all hidden bins.</summary>
    public MaskedScore ScoreOfCorpus(IReadOnlyList<MaskedBins> cells) => Score(cells, _ => shares);

    /// <summary>Each cell's own shares as a prediction of its hidden bins: its accuracy is that of the majority heuristic.</summary>
    public MaskedScore ScoreOfCell(IReadOnlyList<MaskedBins> cells) => Score(cells, OfCell);

    private static MaskedScore Score(IReadOnlyList<MaskedBins> cells, Func<BinnedCell, double[]> predict)
    {
        var (loss, right, count) = (0.0, 0L, 0L);
        foreach (var cell in cells)
        {
            var predicted = predict(cell.Seen);
            var commonest = Commonest(predicted);
            loss -= cell.Targets.Sum(bin => Math.Log(predicted[bin]));
            right += cell.Targets.Count(bin => bin == commonest);
            count += cell.Targets.Length;
        }
        return new MaskedScore(loss / count, (double)right / count, count);
    }

    private static int Commonest(double[] shares) => Array.IndexOf(shares, shares.Max());
}
