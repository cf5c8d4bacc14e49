using ScFm.Model.Devices;
using ScFm.Model.Models.ScBert;
using ScFm.Model.Tests.Devices;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Model.Tests.Models.ScBert;

/// <summary>Equality with the published scBERT, within the tolerances that come with the fixture.</summary>
public sealed class ScBertParityTests
{
    private const double Forward = 2e-5;
    private const double Gradient = 1e-4; // of the largest of the tensor

    [Fact]
    public void Counts_are_binned_as_the_reference_does()
    {
        var golden = new ScBertCase();
        var cells = new BinReader(golden.Cells(), golden.Genes, golden.Config).Read([0, 1, 2, 3]);
        Assert.Equal(golden.Tokens.Select(cell => cell.Genes), cells.Select(cell => cell.Genes));
        Assert.Equal(golden.Tokens.Select(cell => cell.Bins), cells.Select(cell => cell.Bins));
        Assert.Equal(golden.Golden.Integers("tokens"), BinBatch.Pack(cells, golden.Genes.Count).Tokens.data<long>().ToArray());
    }

    [Fact]
    public void As_many_bins_are_hidden_as_the_reference_hides()
    {
        var golden = new ScBertCase();
        foreach (var (cell, expected) in golden.Tokens.Zip(golden.Masked))
        {
            var hidden = BinMasking.Hide(cell, new BinMaskingOptions(), golden.Config.MaskToken, new Random(1));
            Assert.Equal(expected.Predicted.Length, hidden.Predicted.Length);
        }
    }

    [Theory]
    [MemberData(nameof(TestDevices.All), MemberType = typeof(TestDevices))]
    public void States_logits_and_loss_are_the_reference_s(string device)
    {
        using var place = TestDevices.Use(device);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var golden = new ScBertCase();
        AssertClose(golden.Golden["eval.encodings"], golden.Module.Encode(BinBatch.Pack(golden.Tokens, golden.Genes.Count, ComputeDevice.Current)), "eval.encodings"); // of cells without masks
        var batch = BinBatch.Pack([.. golden.Masked.Select(cell => cell.Seen)], golden.Genes.Count, ComputeDevice.Current);
        Assert.Equal(golden.Golden.Integers("masked_input"), batch.Tokens.data<long>().ToArray());
        AssertClose(golden.Golden["eval.logits"], golden.Module.call(batch), "eval.logits");
        var masked = BinBatch.Pack(golden.Masked, golden.Genes.Count, ComputeDevice.Current);
        AssertClose(golden.Golden["eval.loss"], F.cross_entropy(golden.Module.call(masked), masked.Targets!), "eval.loss");
    }

    [Fact]
    public void Without_compat_a_cell_s_states_do_not_depend_on_its_batch_and_differ_from_the_reference_s_but_little()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var golden = new ScBertCase(Compat.Sensible);
        var cells = golden.Tokens;
        var together = golden.Module.Encode(BinBatch.Pack(cells, golden.Genes.Count));
        for (var cell = 0; cell < cells.Length; cell++)
        {
            Assert.Equal(together[cell].data<float>().ToArray(), golden.Module.Encode(BinBatch.Pack([cells[cell]], golden.Genes.Count))[0].data<float>().ToArray());
        }
        Assert.InRange(Golden.LargestDifference(together, golden.Golden["eval.encodings"]), Forward, 0.05);
    }

    [Theory]
    [MemberData(nameof(TestDevices.All), MemberType = typeof(TestDevices))]
    public void Every_gradient_of_pretraining_is_the_reference_s(string device)
    {
        using var place = TestDevices.Use(device);
        using var scope = NewDisposeScope();
        var golden = new ScBertCase();
        golden.Module.train();
        var batch = BinBatch.Pack(golden.Masked, golden.Genes.Count, ComputeDevice.Current);
        var loss = F.cross_entropy(golden.Module.call(batch), batch.Targets!);
        AssertClose(golden.Golden["train.loss"], loss, "train.loss");
        loss.backward();
        AssertGradients(golden.Golden.Under("train.grad."), Gradients(golden.Module));
        Assert.Equal(["pos_emb.emb.weight"], golden.Golden.Json["pretrain_params_without_grad"]!.AsArray().Select(name => name!.GetValue<string>()));
        Assert.False(golden.Module.GeneVectors.requires_grad);
    }

    [Theory]
    [MemberData(nameof(TestDevices.All), MemberType = typeof(TestDevices))]
    public void Every_gradient_of_fine_tuning_the_second_to_last_block_is_the_reference_s(string device)
    {
        using var place = TestDevices.Use(device);
        using var scope = NewDisposeScope();
        var golden = new ScBertCase();
        var module = new ScBertClassifierModule(golden.Module, golden.Head());
        module.Body.Freeze(TunedBlocks.SecondToLast);
        module.train();
        var logits = module.call(BinBatch.Pack(golden.Tokens, golden.Genes.Count, ComputeDevice.Current));
        AssertClose(golden.Golden["finetune.logits"], logits, "finetune.logits");
        var loss = F.cross_entropy(logits, golden.Golden["cell_labels"]);
        AssertClose(golden.Golden["finetune.loss"], loss, "finetune.loss");
        loss.backward();

        var found = Gradients(module.Body);
        foreach (var (name, parameter) in module.Head.named_parameters())
        {
            found[$"to_out.{name}"] = name == "conv1.weight" ? parameter.grad!.view(1, 1, 1, -1) : parameter.grad!;
        }
        Assert.True(found.Remove("to_out.fc1.weight") && found.Remove("to_out.fc1.bias")); // the fixture leaves them out
        AssertGradients(golden.Golden.Under("finetune.grad."), found);
    }

    private static Dictionary<string, Tensor> Gradients(ScBertModule module) =>
        module.named_parameters().Where(p => p.parameter.requires_grad).ToDictionary(p => CheckpointNames.ToPublished(p.name), p => p.parameter.grad!);

    private static void AssertGradients(Dictionary<string, Tensor> expected, Dictionary<string, Tensor> found)
    {
        Assert.Equal(expected.Keys.Order(), found.Keys.Order());
        foreach (var (name, gradient) in expected)
        {
            var (difference, allowed) = (Golden.LargestDifference(found[name], gradient), Gradient * gradient.abs().max().item<float>());
            Assert.True(difference <= allowed, $"{name}: {difference} > {allowed}");
        }
    }

    private static void AssertClose(Tensor expected, Tensor found, string name)
    {
        var difference = Golden.LargestDifference(found, expected);
        Assert.True(difference <= Forward, $"{name}: {difference}");
    }
}
