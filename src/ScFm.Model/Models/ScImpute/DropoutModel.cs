using ScFm.Model.Cells;

namespace ScFm.Model.Models.ScImpute;

/// <summary>The mixtures of every gene in one subpopulation.</summary>
internal sealed class DropoutModel
{
    private readonly GammaNormalMixture?[] mixtures;
    private readonly double[] ofZero;
    private readonly double[] largest;

    /// <param name="values">How far each value lies above that of a zero, [cells, genes].</param>
    /// <param name="members">The cells of the subpopulation.</param>
    /// <param name="leastExpressing">A gene that fewer cells express gets no mixture.</param>
    /// <param name="cancellation">Stops between two genes.</param>
    internal DropoutModel(CsrMatrix values, int[] members, int leastExpressing, CancellationToken cancellation)
    {
        var genes = values.SelectRows(members).Transpose();
        (mixtures, ofZero, largest) = (new GammaNormalMixture?[genes.Rows], new double[genes.Rows], new double[genes.Rows]);
        Parallel.For(0, genes.Rows, new ParallelOptions { CancellationToken = cancellation }, gene =>
        {
            var expressed = genes.RowValues(gene);
            if (expressed.Length < leastExpressing)
            {
                return;
            }
            // All zeros are one value that occurs often.
            var (distinct, times) = (new double[expressed.Length + 1], new double[expressed.Length + 1]);
            (distinct[^1], times[^1]) = (LogScale.Zero, members.Length - expressed.Length);
            for (var i = 0; i < expressed.Length; i++)
            {
                (distinct[i], times[i]) = (expressed[i] + LogScale.Zero, 1);
            }
            largest[gene] = distinct.Max();
            mixtures[gene] = GammaNormalMixture.Fit(distinct, times);
            ofZero[gene] = mixtures[gene]!.DropoutProbability(LogScale.Zero);
        });
    }

    /// <summary>Whether anything is known of a gene.</summary>
    internal bool Knows(int gene) => mixtures[gene] is not null;

    /// <summary>The largest value of a known gene in the subpopulation.</summary>
    internal double Largest(int gene) => largest[gene];

    /// <summary>The probability that a value is a dropout.</summary>
    /// <param name="gene">A gene that is known.</param>
    /// <param name="above">How far the value lies above that of a zero.</param>
    internal double Probability(int gene, double above) => above == 0 ? ofZero[gene] : mixtures[gene]!.DropoutProbability(above + LogScale.Zero);
}
