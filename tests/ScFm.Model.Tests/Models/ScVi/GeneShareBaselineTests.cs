using MathNet.Numerics.Distributions;
using ScFm.Model.Cells;
using ScFm.Model.Models.ScVi;

namespace ScFm.Model.Tests.Models.ScVi;

public sealed class GeneShareBaselineTests
{
    private static readonly double[] shares = [0.3, 0.25, 0.2, 0.15, 0.07, 0.03];

    private static readonly double[] dispersions = [0.5, 8, 2, 1, 0.3, 5];

    /// <summary>Cells of one kind: each count is a negative binomial of the gene's share of 500 and its dispersion.</summary>
    private static AnnData Cells(int cells, int seed)
    {
        var random = new Random(seed);
        var counts = new DenseMatrix(cells, shares.Length);
        for (var i = 0; i < counts.Values.Length; i++)
        {
            var gene = i % shares.Length;
            counts.Values[i] = Poisson.Sample(random, 500 * shares[gene] * Gamma.Sample(random, dispersions[gene], dispersions[gene]) + 1e-9);
        }
        return new AnnData(CsrMatrix.FromDense(counts), [.. Enumerable.Range(0, cells).Select(i => $"cell-{i}")], [.. shares.Select((_, i) => $"GENE{i}")]);
    }

    [Fact]
    public void It_is_as_good_on_new_cells_as_the_likeliest_dispersions_are()
    {
        var cells = Cells(1_500, seed: 1);
        int[] training = [.. Enumerable.Range(0, 1_000)], judged = [.. Enumerable.Range(1_000, 500)];
        var found = GeneShareBaseline.Fit(cells, training).Loss(cells, judged);

        // by another route: every dispersion of a fine grid, by MathNet's distribution, on the cells that are judged
        var (counts, totals, best) = (cells.X.ToDense(), cells.X.RowSums(), 0.0);
        for (var gene = 0; gene < shares.Length; gene++)
        {
            var share = training.Sum(cell => (double)counts[cell, gene]) / training.Sum(cell => totals[cell]);
            best += Enumerable.Range(0, 120).Select(i => Math.Exp(-3 + 0.05 * i)).Min(dispersion => -judged.Average(cell =>
                new NegativeBinomial(dispersion, dispersion / (dispersion + share * totals[cell])).ProbabilityLn((int)counts[cell, gene])));
        }
        Assert.InRange(found, best - 1e-3, best + 0.05);
    }

    [Fact]
    public void A_gene_that_no_training_cell_has_and_counts_that_do_not_vary_leave_it_finite()
    {
        var counts = new DenseMatrix(20, 3);
        for (var cell = 0; cell < 20; cell++)
        {
            (counts[cell, 0], counts[cell, 1], counts[cell, 2]) = (5, 3, cell < 10 ? 0 : 2);
        }
        var cells = new AnnData(CsrMatrix.FromDense(counts), [.. Enumerable.Range(0, 20).Select(i => $"cell-{i}")], ["A", "B", "C"]);
        var loss = GeneShareBaseline.Fit(cells, [.. Enumerable.Range(0, 10)]).Loss(cells, [.. Enumerable.Range(10, 10)]);
        Assert.True(double.IsFinite(loss) && loss > 0);
    }
}
