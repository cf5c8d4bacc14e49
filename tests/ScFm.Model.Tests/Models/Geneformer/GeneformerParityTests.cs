using ScFm.Model.Devices;
using ScFm.Model.Models.Geneformer;
using ScFm.Model.Tests.Devices;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Model.Tests.Models.Geneformer;

/// <summary>Equality with the published Geneformer, within the tolerances that come with the fixture.</summary>
public sealed class GeneformerParityTests
{
    private const double Forward = 1e-5;
    private const double Gradient = 1e-4; // of the largest of the tensor
    private const double Nothing = 1e-7; // what rounding leaves of a gradient that is 0

    [Fact]
    public void Cells_are_ranked_and_cut_as_the_reference_does()
    {
        var golden = new GeneformerCase();
        var longest = golden.Lengths.Max();
        var tokens = new RankReader(golden.Cells(), golden.Genes, longest).Read([0, 1, 2, 3, 4]);
        Assert.Equal(golden.Tokens, tokens);
        Assert.True(golden.Golden.Numbers("counts")[..golden.Genes.Vocabulary.Count].Count(count => count > 0) > longest); // the first cell is really cut
    }

    [Theory]
    [MemberData(nameof(TestDevices.All), MemberType = typeof(TestDevices))]
    public void The_states_after_every_block_are_the_reference_s(string device)
    {
        using var place = TestDevices.Use(device);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var golden = new GeneformerCase();
        var batch = RankBatch.Pack(golden.Tokens, ComputeDevice.Current);
        for (var blocks = 0; blocks <= golden.Module.Config.Layers; blocks++)
        {
            AssertClose(golden.Packed(golden.Golden[$"hidden_states.{blocks}"]), golden.Module.Encode(batch, blocks), $"hidden_states.{blocks}");
        }
    }

    [Theory]
    [InlineData(EmbeddingLayer.SecondToLast, "cell_embedding_second_last", TestDevices.Processor)]
    [InlineData(EmbeddingLayer.SecondToLast, "cell_embedding_second_last", TestDevices.Other)]
    [InlineData(EmbeddingLayer.SecondToLast, "cell_embedding_second_last", TestDevices.Card)]
    [InlineData(EmbeddingLayer.Last, "cell_embedding_last", TestDevices.Processor)]
    public void Cell_embeddings_are_the_reference_s(EmbeddingLayer layer, string name, string device)
    {
        using var place = TestDevices.Use(device);
        using var scope = NewDisposeScope();
        var golden = new GeneformerCase();
        // the reference cuts the cells shorter than the model's positions
        var cells = golden.Cells();
        var model = new GeneformerModel(golden.Module, golden.Genes);
        var longest = golden.Lengths.Max();
        int[] whole = [.. Enumerable.Range(0, cells.CellCount).Where(cell => golden.Lengths[cell] < longest)];
        Assert.Equal(3, whole.Length);
        var embedding = model.Embed(cells.SelectCells(whole), layer);
        AssertClose(golden.Golden[name].cpu().index_select(0, tensor(whole.Select(cell => (long)cell).ToArray())), tensor(embedding.Values).view(whole.Length, -1), name);
    }

    [Theory]
    [MemberData(nameof(TestDevices.All), MemberType = typeof(TestDevices))]
    public void Logits_loss_and_every_gradient_are_the_reference_s(string device)
    {
        using var place = TestDevices.Use(device);
        using var scope = NewDisposeScope();
        var golden = new GeneformerCase();
        var all = golden.Module.call(RankBatch.Pack([.. golden.Masked.Select(cell => cell.Tokens)], ComputeDevice.Current));
        AssertClose(golden.Packed(golden.Golden["mlm_logits"]), all, "mlm_logits");

        var batch = RankBatch.Pack(golden.Masked, ComputeDevice.Current);
        var loss = F.cross_entropy(golden.Module.call(batch), batch.Targets!);
        AssertClose(golden.Golden["mlm_loss"], loss, "mlm_loss");
        loss.backward();
        var expected = golden.Golden.Under("grad.");
        var found = CheckpointNames.ToPublished(golden.Module.named_parameters().ToDictionary(p => p.name, p => p.parameter.grad!));
        Assert.Equal(expected.Keys.Order(), found.Keys.Order());
        foreach (var (name, gradient) in expected)
        {
            // a key's bias adds the same to all of a query's scores, and softmax takes that away again
            var allowed = name.EndsWith("key.bias", StringComparison.Ordinal) ? Nothing : Gradient * gradient.abs().max().item<float>();
            var difference = Golden.LargestDifference(found[name], gradient);
            Assert.True(difference <= allowed, $"{name}: {difference} > {allowed}");
        }
    }

    private static void AssertClose(Tensor expected, Tensor found, string name)
    {
        var difference = Golden.LargestDifference(found, expected);
        Assert.True(difference <= Forward, $"{name}: {difference}");
    }
}
