using MathNet.Numerics;
using ScFm.Model.Cells;

namespace ScFm.Model.Models.ScVi;

/// <summary>What any model of counts must beat: a negative binomial whose mean is the gene's share of all counts times the cell's total, as if all cells were of one kind.</summary>
/// <remarks>It knows the total of the cell it judges. The dispersion of a gene is the likeliest one over at most 1,000 training cells, evenly spaced.</remarks>
internal sealed class GeneShareBaseline
{
    private const int FittedCells = 1_000;
    private const double Pseudocount = 0.5; // a gene that no training cell has keeps a small share
    private const double LeastLogDispersion = -7, GreatestLogDispersion = 12, Tolerance = 1e-2;

    private readonly double[] shares;
    private readonly double[] dispersions;

    private GeneShareBaseline(double[] shares, double[] dispersions) => (this.shares, this.dispersions) = (shares, dispersions);

    /// <summary>Learns shares and dispersions.</summary>
    /// <param name="cells">Cells with raw counts.</param>
    /// <param name="training">The cells to learn from.</param>
    /// <param name="cancellation">Stops between two blocks of cells.</param>
    public static GeneShareBaseline Fit(ICellSource cells, int[] training, CancellationToken cancellation = default)
    {
        var shares = new double[cells.GeneCount];
        Array.Fill(shares, Pseudocount);
        foreach (var (_, values) in cells.Blocks(training, cancellation))
        {
            for (var i = 0; i < values.NonZeros; i++)
            {
                shares[values.Indices[i]] += values.Values[i];
            }
        }
        var sum = shares.Sum();
        shares = Array.ConvertAll(shares, share => share / sum);

        var some = Math.Min(FittedCells, training.Length);
        var fitted = cells.Read([.. Enumerable.Range(0, some).Select(i => training[(int)((long)i * training.Length / some)])], cancellation);
        var (totals, byGene) = (fitted.RowSums(), fitted.Transpose());
        var dispersions = new double[shares.Length];
        Parallel.For(0, dispersions.Length, new ParallelOptions { CancellationToken = cancellation }, gene =>
            dispersions[gene] = Dispersion(byGene.RowIndices(gene).ToArray(), byGene.RowValues(gene).ToArray(), totals, shares[gene]));
        return new GeneShareBaseline(shares, dispersions);
    }

    /// <summary>Minus the logarithm of the probability of a cell's counts, in the mean over some cells.</summary>
    /// <param name="cells">Cells with raw counts of the same genes.</param>
    /// <param name="judged">Which cells.</param>
    /// <param name="cancellation">Stops between two blocks of cells.</param>
    public double Loss(ICellSource cells, int[] judged, CancellationToken cancellation = default)
    {
        var sum = 0.0;
        foreach (var (_, values) in cells.Blocks(judged, cancellation))
        {
            var (totals, own) = (values.RowSums(), new double[values.Rows]);
            Parallel.For(0, values.Rows, cell => own[cell] = LogProbability(values.RowIndices(cell), values.RowValues(cell), totals[cell]));
            sum += own.Sum();
        }
        return -sum / judged.Length;
    }

    private double LogProbability(ReadOnlySpan<int> genes, ReadOnlySpan<float> counts, double total)
    {
        var sum = 0.0;
        for (var gene = 0; gene < shares.Length; gene++)
        {
            sum += LogZero(total * shares[gene], dispersions[gene]);
        }
        for (var i = 0; i < genes.Length; i++)
        {
            sum += LogBesidesZero(counts[i], total * shares[genes[i]], dispersions[genes[i]]);
        }
        return sum;
    }

    /// <summary>The dispersion under which a gene's counts are likeliest.</summary>
    private static double Dispersion(int[] expressing, float[] counts, double[] totals, double share)
    {
        return Bounded(FindMinimum.OfScalarFunctionConstrained(Loss, LeastLogDispersion, GreatestLogDispersion, Tolerance));

        // the search looks beyond its bounds where the minimum is at one of them: a gene that varies less than a Poisson would
        static double Bounded(double logDispersion) => Math.Exp(Math.Clamp(logDispersion, LeastLogDispersion, GreatestLogDispersion));

        double Loss(double logDispersion)
        {
            var (dispersion, sum) = (Bounded(logDispersion), 0.0);
            foreach (var total in totals)
            {
                sum += LogZero(total * share, dispersion);
            }
            for (var i = 0; i < expressing.Length; i++)
            {
                sum += LogBesidesZero(counts[i], totals[expressing[i]] * share, dispersion);
            }
            return -sum;
        }
    }

    /// <summary>The logarithm of the probability of a count of zero.</summary>
    private static double LogZero(double mean, double dispersion) => -dispersion * Math.Log(1 + mean / dispersion);

    /// <summary>What the logarithm of the probability of another count has more.</summary>
    private static double LogBesidesZero(double count, double mean, double dispersion) =>
        SpecialFunctions.GammaLn(count + dispersion) - SpecialFunctions.GammaLn(dispersion) - SpecialFunctions.FactorialLn((int)count) + count * Math.Log(mean / (dispersion + mean));
}
