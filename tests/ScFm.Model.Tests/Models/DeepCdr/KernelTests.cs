using ScFm.Model.Models.DeepCdr;
using ScFm.Model.Molecules;
using ScFm.Model.Nn;
using ScFm.Model.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Model.Tests.Models.DeepCdr;

/// <summary>What is computed in one pass gives what plain operations give, and their gradients.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class KernelTests
{
    private const double Tolerance = 1e-5; // of the largest value, or of 1

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    public void A_counted_norm_is_that_of_plain_operations_whatever_is_dropped(double dropout)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        const int features = 21; // no whole number of vectors
        var batch = Drugs().Batch([0, 1, 0, 0, 2], CPU).Layers[0];
        var count = (int)batch.Shares.shape[1];
        var norm = new CountedBatchNorm(features, dropout);
        var rows = randn(count, features).requires_grad_();
        var above = randn(count, features);
        norm.train();
        var found = norm.call(rows, batch);
        (found * above).sum().backward();

        var kept = found.ne(0).to(float32);
        if (dropout > 0)
        {
            Assert.InRange(1 - kept.mean().item<float>(), dropout * 0.5, dropout * 1.5);
        }
        var again = rows.detach().clone().requires_grad_();
        var positive = F.relu(again);
        var mean = batch.Shares.mm(positive).squeeze(0);
        var variance = batch.Shares.mm((positive - mean).square()).squeeze(0);
        var share = Math.Round(dropout * 65536) / 65536;
        var expected = (positive - mean) * (variance + 1e-3).rsqrt() * kept / (1 - share);
        (expected * above).sum().backward();
        AssertClose(expected, found);
        AssertClose(again.grad!, rows.grad!);
        var parameters = norm.named_parameters().ToDictionary(parameter => parameter.name, parameter => parameter.parameter.grad!);
        AssertClose((above * kept / (1 - share)).sum([0L]), parameters["bias"]);
        AssertClose((above * expected.detach()).sum([0L]), parameters["weight"]);
    }

    [Fact]
    public void A_band_is_the_convolution_of_a_single_channel()
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        const int places = 40, length = 13, filters = 3;
        var convolution = new PatchConvolution(1, filters, length);
        var row = randn(5, places, 1).requires_grad_();
        var found = convolution.call(row);
        var parameters = convolution.named_parameters().ToDictionary(parameter => parameter.name, parameter => parameter.parameter);
        var again = row.detach().clone().requires_grad_();
        var weight = parameters["linear.weight"].detach().clone().requires_grad_();
        var expected = F.linear(again.unfold(1, length, 1).flatten(2), weight, parameters["linear.bias"].detach());
        AssertClose(expected, found);
        var above = randn(found.shape);
        (found * above).sum().backward();
        (expected * above).sum().backward();
        AssertClose(again.grad!, row.grad!);
        AssertClose(weight.grad!, parameters["linear.weight"].grad!);
    }

    [Fact]
    public void Sums_of_rows_and_their_gradients_are_those_of_the_dense_matrix()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var sums = new WeightedSums(4, [0, 2, 2, 5], [1, 3, 0, 1, 3], [0.5f, 2, -1, 3, 0.25f]);
        var dense = tensor(new float[] { 0, 0.5f, 0, 2, 0, 0, 0, 0, -1, 3, 0, 0.25f }, [3, 4]);
        var (x, y) = (randn(4, 19).requires_grad_(), randn(3, 19));
        var found = sums.Of(x);
        (found * y).sum().backward();
        AssertClose(dense.mm(x), found);
        AssertClose(dense.transpose(0, 1).mm(y), x.grad!);
    }

    [Fact]
    public void Atoms_that_no_convolution_can_tell_apart_have_one_row_in_whatever_drugs_they_are()
    {
        DrugGraphs Of(params string[] smiles) => new([.. smiles.Select((_, i) => $"drug {i}")], [.. smiles.Select(text => AtomFeatures.Graph(Smiles.Parse(text)))], new DeepCdrConfig { Units = [8, 8, 8] });
        long[] Rows(DrugGraphs drugs, params int[] pairs) => [.. drugs.Batch(pairs, CPU).Layers.Select(layer => layer.Shares.shape[1])];

        Assert.Equal([2, 2, 2], Rows(Of("c1ccccc1"), 0)); // benzene: one kind, and the empty slot
        Assert.Equal([4, 5, 6], Rows(Of("CCCCCCCCCC"), 0)); // decane: with every layer one more can tell how far the end is
        Assert.Equal([4, 5, 6], Rows(Of("CCCCCCCCCC", "CCCCCCCCCC", "c1ccccc1"), 0, 1, 0)); // a copy adds nothing
        var shares = Of("c1ccccc1", "CCCCCCCCCC").Batch([0, 1, 1], CPU).Layers[2].ShareValues;
        Assert.Equal(1, shares.Sum(), 1e-6);
        Assert.Equal((94 + 90 + 90) / 300f, shares[0], 1e-6); // the empty slots of one benzene and two decanes
    }

    private static void AssertClose(Tensor expected, Tensor found)
    {
        var (difference, largest) = (Golden.LargestDifference(expected, found), Math.Max(1, expected.abs().max().item<float>()));
        Assert.True(difference <= Tolerance * largest, $"{difference} of {largest}");
    }

    private static DrugGraphs Drugs() => new(
        ["ethanol", "phenol", "water"], [.. new[] { "CCO", "c1ccccc1O", "O" }.Select(smiles => AtomFeatures.Graph(Smiles.Parse(smiles)))], new DeepCdrConfig());
}
