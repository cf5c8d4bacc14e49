using ScFm.Model.Cells;
using ScFm.Model.Regression;
using ScFm.Model.Training;

namespace ScFm.Model.Models.Saver;

/// <summary>Predicts each gene's expression in each cell from the cell's other genes.</summary>
/// <remarks>
/// Huang et al. 2018: the log of the expected count / size is linear in log((count + 1) / size) of the other genes; a Poisson LASSO whose penalty
/// has the least cross-validated deviance selects among these.
/// </remarks>
internal sealed class PriorMeans
{
    // Predictions need neither the last digits of a coefficient nor the dense end of a path.
    private const double Tolerance = 1e-5;
    private const int Patience = 5;

    private readonly SaverOptions options;
    private readonly double[] sizes;
    private readonly HashSet<int> regressed;
    private readonly int[] predictorOf;
    private readonly SparsePredictors? predictors;
    private readonly int[] foldOf;

    /// <param name="counts">Raw counts, [genes, cells].</param>
    /// <param name="sizes">Each cell's library over the mean library.</param>
    /// <param name="options">How.</param>
    internal PriorMeans(CsrMatrix counts, double[] sizes, SaverOptions options)
    {
        (this.options, this.sizes) = (options, sizes);
        var sums = counts.RowSums();
        int[] candidates =
        [
            .. Enumerable.Range(0, counts.Rows).Where(gene => counts.RowIndices(gene).Length >= options.LeastCells).OrderByDescending(gene => sums[gene]),
        ];
        regressed = [.. candidates.Take(options.RegressedGenes)];
        int[] chosen = [.. candidates.Take(options.Predictors)];
        predictorOf = new int[counts.Rows];
        Array.Fill(predictorOf, -1);
        for (var i = 0; i < chosen.Length; i++)
        {
            predictorOf[chosen[i]] = i;
        }
        predictors = chosen.Length == 0 ? null : new SparsePredictors(Logarithms(counts.SelectRows(chosen)), Array.ConvertAll(sizes, s => -Math.Log(s)));
        foldOf = [.. Enumerable.Range(0, sizes.Length).Select(i => i % options.Folds)];
        Seeds.For(options.Seed).Shuffle(foldOf);
    }

    /// <summary>One gene's prior mean in every cell, in units of counts in a cell of mean size; above 0 where any cell expresses it.</summary>
    /// <param name="gene">The gene.</param>
    /// <param name="counts">Its count in every cell.</param>
    /// <param name="cancellation">Stops between two penalties.</param>
    internal double[] Of(int gene, double[] counts, CancellationToken cancellation)
    {
        var own = counts.Zip(sizes, (count, size) => count / size).ToArray();
        // A gene alone has nothing to be predicted from.
        if (predictors is null || !regressed.Contains(gene) || (predictors.Count == 1 && predictorOf[gene] == 0))
        {
            var mean = own.Average();
            return Array.ConvertAll(own, _ => mean);
        }
        var factors = new double[predictors.Count];
        Array.Fill(factors, 1);
        if (predictorOf[gene] >= 0)
        {
            factors[predictorOf[gene]] = double.PositiveInfinity;
        }
        var lasso = new LassoOptions
        {
            PathLength = options.PathLength,
            SmallestShare = options.SmallestPenalty,
            Patience = Patience,
            MostPredictors = options.MostSelected,
            Tolerance = Tolerance,
        };
        return LassoCrossValidation.Run(predictors, own, ResponseFamily.Poisson, foldOf, lasso, factors, cancellation).Means;
    }

    private static CsrMatrix Logarithms(CsrMatrix counts) => counts.MapRows((_, values) =>
    {
        foreach (ref var value in values)
        {
            value = MathF.Log(value + 1);
        }
    });
}
