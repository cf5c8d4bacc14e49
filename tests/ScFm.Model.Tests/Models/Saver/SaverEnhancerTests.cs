using MathNet.Numerics.Distributions;
using ScFm.Model.Cells;
using ScFm.Model.Metrics;
using ScFm.Model.Models.Saver;
using ScFm.Model.Tests.Tasks;
using ScFm.Model.Tests.Tasks.Enhancers;

namespace ScFm.Model.Tests.Models.Saver;

public sealed class SaverEnhancerTests
{
    [Fact]
    public void A_gene_that_others_foretell_is_recovered_better_than_from_its_counts_alone()
    {
        // Thirty genes follow one hidden state that is higher in each cell than in the one before; each has few reads, together they tell the state.
        var random = new Random(1);
        var (truth, counts) = (new DenseMatrix(300, 60), new DenseMatrix(300, 60));
        for (var cell = 0; cell < 300; cell++)
        {
            var state = 2.0 * cell / 300 - 1;
            var rates = Enumerable.Range(0, 60).Select(gene => gene < 30 ? Math.Exp(gene % 2 == 0 ? state : -state) : 1.0).ToArray();
            for (var gene = 0; gene < 60; gene++)
            {
                var share = rates[gene] / rates.Sum();
                truth[cell, gene] = (float)Math.Log(1 + 1e4 * share);
                counts[cell, gene] = Poisson.Sample(random, 120 * share);
            }
        }
        var cells = Recovery.Cells(CsrMatrix.FromDense(counts));
        var (seen, alone, whole) = (
            Normalisation.LogNormalise(cells.X).ToDense(), new SaverEnhancer(new() { RegressedGenes = 0 }).Enhance(cells), new SaverEnhancer().Enhance(cells));
        Assert.True(Error(whole) < 0.5 * Error(alone), $"{Error(whole)}, {Error(alone)}, {Error(seen)}");
        Assert.True(Error(alone) < 0.5 * Error(seen), $"{Error(whole)}, {Error(alone)}, {Error(seen)}");

        double Error(DenseMatrix found) => Reconstruction.MeanSquaredError<float>(
            truth.Values.Where((_, i) => i % 60 < 30).ToArray(), found.Values.Where((_, i) => i % 60 < 30).ToArray());
    }

    [Fact]
    public void Without_regression_it_is_the_posterior_about_each_gene_s_mean()
    {
        var cells = TaskCells.First(50);
        var found = new SaverEnhancer(new() { RegressedGenes = 0 }).Enhance(cells);
        var libraries = cells.X.RowSums();
        var sizes = libraries.Select(l => l / libraries.Average()).ToArray();
        var dense = cells.X.ToDense();
        foreach (var gene in Enumerable.Range(0, cells.GeneCount).Where(g => dense.Row(0)[g] > 0).Take(20))
        {
            double[] counts = [.. Enumerable.Range(0, 50).Select(c => (double)dense[c, gene])];
            double[] means = [.. Enumerable.Repeat(counts.Zip(sizes, (y, s) => y / s).Average(), 50)];
            var prior = GammaPrior.Fit(counts, sizes, means);
            for (var cell = 0; cell < 50; cell++)
            {
                var expected = Math.Log(1 + 1e4 * prior.PosteriorMean(counts[cell], sizes[cell], means[cell]) / libraries.Average());
                Assert.Equal(expected, found[cell, gene], 1e-5);
            }
        }
    }

    [Fact]
    public void At_a_tenth_of_the_reads_it_is_nearer_to_the_truth_than_what_was_seen()
    {
        var recovery = Recovery.OfSample(new SaverEnhancer(new() { RegressedGenes = 100 }));
        Assert.True(recovery.Method.Pearson > recovery.Observed.Pearson + 0.2, recovery.ToString());
        Assert.True(recovery.Method.MeanAbsoluteError < 0.5 * recovery.Observed.MeanAbsoluteError, recovery.ToString());
    }
}
