using MathNet.Numerics.Distributions;
using ScFm.Model.Cells;
using ScFm.Model.Graphs;
using ScFm.Model.Metrics;
using ScFm.Model.Models.Magic;
using ScFm.Model.Tests.Graphs;
using ScFm.Model.Tests.Tasks;
using ScFm.Model.Tests.Tasks.Enhancers;

namespace ScFm.Model.Tests.Models.Magic;

public sealed class MagicEnhancerTests
{
    [Theory]
    [InlineData(MagicTransform.SquareRoot)]
    [InlineData(MagicTransform.Logarithm)]
    public void Without_a_step_the_cells_stay_as_they_are_on_the_common_scale(MagicTransform transform)
    {
        var cells = TaskCells.First(60);
        var found = new MagicEnhancer(new() { Steps = 0, Transform = transform }).Enhance(cells);
        var expected = Normalisation.LogNormalise(cells.X).ToDense();
        Assert.InRange(TaskCells.LargestDifference(expected.Values, found.Values), 0, 1e-4);
    }

    [Theory]
    [InlineData(MagicTransform.SquareRoot)]
    [InlineData(MagicTransform.Logarithm)]
    public void Every_cell_has_ten_thousand_counts_again(MagicTransform transform)
    {
        var found = new MagicEnhancer(new() { Transform = transform }).Enhance(TaskCells.First(100));
        Assert.All(Enumerable.Range(0, 100), cell => Assert.Equal(1e4, found.Row(cell).ToArray().Sum(v => Math.Exp(v) - 1), 1.0));
    }

    [Fact]
    public void Expression_along_a_path_is_recovered_better_than_it_was_seen()
    {
        // 400 cells along a path on which 50 genes rise and fall one after the other, with a hundred reads each.
        var random = new Random(1);
        var (truth, counts) = (new DenseMatrix(400, 50), new DenseMatrix(400, 50));
        for (var cell = 0; cell < 400; cell++)
        {
            var rates = Enumerable.Range(0, 50).Select(gene => 0.2 + Math.Exp(-Math.Pow((gene / 50.0 - cell / 400.0) / 0.1, 2))).ToArray();
            for (var gene = 0; gene < 50; gene++)
            {
                var share = rates[gene] / rates.Sum();
                truth[cell, gene] = (float)Math.Log(1 + 1e4 * share);
                counts[cell, gene] = Poisson.Sample(random, 100 * share);
            }
        }
        var cells = Recovery.Cells(CsrMatrix.FromDense(counts));
        var seen = Normalisation.LogNormalise(cells.X).ToDense();
        foreach (int? steps in new int?[] { 3, null })
        {
            var found = new MagicEnhancer(new() { Steps = steps }).Enhance(cells);
            Assert.True(Error(found) < 0.1 * Error(seen), $"{Error(found)} of {Error(seen)}");
            Assert.InRange(Correlation.Pearson<float>(truth.Values, found.Values).Coefficient, 0.9, 1);
        }

        double Error(DenseMatrix found) => Reconstruction.MeanSquaredError<float>(truth.Values, found.Values);
    }

    [Fact]
    public void Diffusion_ends_at_the_first_time_that_changes_less_than_the_disparity()
    {
        var points = Blobs.Make(200, 4, 3, 5);
        var diffusion = DiffusionOperator.From(Neighbours.Find(points, new() { Count = 16 }), 5);
        var steps = DiffusionTime.Choose(diffusion, points, 1e-3, 50, default);
        Assert.InRange(steps, 2, 49);
        var scores = Enumerable.Range(0, steps + 1).Select(t => diffusion.Apply(points, t)).ToArray();
        Assert.True(Procrustes.Disparity(scores[steps - 1], scores[steps]) < 1e-3);
        Assert.True(Procrustes.Disparity(scores[steps - 2], scores[steps - 1]) >= 1e-3);
        Assert.Equal(2, DiffusionTime.Choose(diffusion, points, 1e-9, 2, default));
    }

    [Fact]
    public void At_a_tenth_of_the_reads_it_is_nearer_to_the_truth_than_what_was_seen()
    {
        var recovery = Recovery.OfSample(new MagicEnhancer());
        Assert.True(recovery.Method.Pearson > recovery.Observed.Pearson + 0.2, recovery.ToString());
        Assert.True(recovery.Method.MeanAbsoluteError < 0.7 * recovery.Observed.MeanAbsoluteError, recovery.ToString());
    }

    [Fact]
    public void A_kernel_narrower_than_its_bandwidth_is_refused() =>
        Assert.Equal(
            "KernelNeighbours is 5; expected at least 10, the neighbour that gives the bandwidth.",
            Assert.Throws<ArgumentException>(() => new MagicEnhancer(new() { KernelNeighbours = 5 })).Message);
}
