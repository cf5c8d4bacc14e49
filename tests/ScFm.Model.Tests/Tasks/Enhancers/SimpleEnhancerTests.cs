using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tasks;
using ScFm.Model.Tasks.Enhancers;
using ScFm.Model.Tests.Training;

namespace ScFm.Model.Tests.Tasks.Enhancers;

[Collection(nameof(TorchGenerator))]
public sealed class SimpleEnhancerTests
{
    [Fact]
    public void Observed_cells_are_log_normalised_and_nothing_else()
    {
        var cells = TaskCells.First(4);
        Assert.Equal(Normalisation.LogNormalise(cells.X).ToDense().Values, new ObservedEnhancer().Enhance(cells).Values);
    }

    [Fact]
    public void Gene_means_come_from_the_training_cells_by_name_whatever_the_order_of_genes()
    {
        var (_, cells) = TaskCells.Five();
        var training = cells(new float[,] { { 1, 0, 0, 0, 1 }, { 0, 2, 0, 0, 0 } });
        var turned = cells(new float[,] { { 7, 7, 7, 7, 7 } }).SelectGenes([4, 3, 2, 1, 0]);
        var half = (float)(Math.Log(1 + 5000) / 2);
        var whole = (float)(Math.Log(1 + 10_000) / 2);
        Assert.Equal([half, 0, 0, whole, half], new GeneMeanEnhancer(training).Enhance(turned).Values);
        var error = Assert.Throws<InvalidDataException>(() => new GeneMeanEnhancer(training.SelectGenes([0, 1])).Enhance(turned));
        Assert.Equal("The gene 'E' is not among the 2 of the training cells; expected the same genes.", error.Message);
    }

    [Fact]
    public void ScFoundation_gives_the_cells_own_genes_in_their_order_and_leaves_those_it_does_not_know()
    {
        var (model, cells) = TaskCells.Five();
        var own = cells(new float[,] { { 4, 0, 6, 0, 10 }, { 0, 3, 0, 1, 0 } });
        var options = new EnhancementOptions { Depth = Depth.Fold(3), Seed = 2 };
        var expected = Enhancement.Run(model, own, options);
        Assert.Equal(expected.Values, new ScFoundationEnhancer(model, options).Enhance(own).Values);

        var turned = own.SelectGenes([3, 2, 1, 0, 4]);
        var unknown = new AnnData(turned.X, turned.ObsNames, ["D", "C", "B", "A", "unheard-of"]);
        var enhanced = new ScFoundationEnhancer(model, options).Enhance(unknown);
        var known = Enhancement.Run(model, unknown, options);
        Assert.Equal([known[0, 3], known[0, 2], known[0, 1], known[0, 0]], enhanced.Row(0)[..4].ToArray());
        Assert.Equal(Math.Log(1 + 10_000 * 10 / 20.0), enhanced[0, 4], 4);
    }
}
