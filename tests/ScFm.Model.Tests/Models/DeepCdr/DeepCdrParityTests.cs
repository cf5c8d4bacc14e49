using ScFm.Model.Devices;
using ScFm.Model.Tests.Devices;
using ScFm.Model.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Model.Tests.Models.DeepCdr;

/// <summary>Equality with the reference's network, case by case, within the tolerances that come with the fixtures.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class DeepCdrParityTests
{
    private const double Forward = 1e-5;
    private const double Gradient = 1e-4; // of the largest of the tensor
    private const double Nothing = 1e-6; // what rounding leaves of a gradient that is 0: of a bias before a batch norm

    public static TheoryData<string, string> Cases => TestDevices.Times(Golden.Cases("deepcdr_*", "eval.output"));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_part_of_the_evaluation_is_the_reference_s(string name, string device)
    {
        using var place = TestDevices.Use(device);
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var golden = Golden.Read(name);
        var model = new DeepCdrCase(golden);
        model.Module.eval();
        var joined = model.Module.Joined(model.Batch);
        var first = model.Module.Convolve(model.Batch.Drugs, 1);
        for (var pair = 0; pair < model.Pairs; pair++)
        {
            AssertClose(golden["eval.gcn1"][pair], Slots(first, model, pair), $"{name} drug {pair}");
        }
        AssertClose(golden["eval.drug"], joined.narrow(1, 0, 100), name);
        var gexp = golden.Config["branches"]!.AsArray().Select(branch => branch!.GetValue<string>()).ToList().IndexOf("gexp");
        AssertClose(golden["eval.cell"], joined.narrow(1, 100 * gexp, 100), name);
        AssertClose(golden["eval.flat"], model.Module.Features(joined), name);
        AssertClose(golden["eval.output"], model.Module.Respond(model.Batch), name);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_training_loss_and_every_gradient_are_the_reference_s(string name, string device)
    {
        using var place = TestDevices.Use(device);
        using var scope = NewDisposeScope();
        var golden = Golden.Read(name);
        var model = new DeepCdrCase(golden);
        model.Module.train();
        var output = model.Module.Respond(model.Batch);
        var loss = F.mse_loss(output, golden["y"]);
        loss.backward();
        AssertClose(golden["train.output"], output, name);
        AssertClose(golden["train.loss"], loss, name);
        var expected = model.Translated("train.grad.");
        foreach (var (parameter, value) in model.Module.named_parameters())
        {
            var difference = Golden.LargestDifference(expected[parameter], value.grad!);
            var allowed = Math.Max(Nothing, Gradient * expected[parameter].abs().max().item<float>());
            Assert.True(difference <= allowed, $"{name}, {parameter}: {difference}; allowed {allowed}");
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_drug_of_many_pairs_is_convolved_once_and_counts_as_often_as_it_comes(string name, string device)
    {
        using var place = TestDevices.Use(device);
        using var scope = NewDisposeScope();
        var golden = Golden.Read(name);
        var model = new DeepCdrCase(golden);
        model.Module.train();
        int[] pairs = [0, 1, 0, 2, 0, 1];
        var cells = model.Batch.Cells.Select(rows => rows.index_select(0, tensor(Array.ConvertAll([0, 1, 2, 3, 4, 0], pair => (long)pair), device: rows.device))).ToArray();
        var once = model.Graphs.Batch(pairs, ComputeDevice.Current);
        Assert.Equal(3, once.Rows.shape[0]);

        // the same drugs under other names, so that each pair has its own
        var apart = new Model.Models.DeepCdr.DrugGraphs([.. pairs.Select((_, i) => $"copy {i}")], [.. pairs.Select(pair => model.Graphs[pair])], model.Module.Config);
        var output = model.Module.Respond(new(once, cells));
        var copied = model.Module.Respond(new(apart.Batch([.. Enumerable.Range(0, pairs.Length)], ComputeDevice.Current), cells));
        AssertClose(copied, output, name);
    }

    // The rows of a drug's atoms, and that of an empty slot in every slot that is left; where one convolution is the last, they are those of its rows.
    private static Tensor Slots(Tensor rows, DeepCdrCase model, int pair)
    {
        var (config, graph) = (model.Module.Config, model.Graphs[pair]);
        var own = new Model.Models.DeepCdr.DrugGraphs(model.Graphs.Names, [.. model.Graphs.Names.Select((_, drug) => model.Graphs[drug])], config with { Units = config.Units[..1] })
            .Batch([.. Enumerable.Range(0, model.Pairs)], ComputeDevice.Current).Rows[pair].data<long>().ToArray()[..graph.Atoms];
        return rows.index_select(0, tensor([.. own, .. Enumerable.Repeat(0L, config.Slots - own.Length)], device: rows.device));
    }

    private static void AssertClose(Tensor expected, Tensor found, string what)
    {
        var difference = Golden.LargestDifference(expected, found);
        Assert.True(difference <= Forward * Math.Max(1, expected.abs().max().item<float>()), $"{what}: {difference}");
    }
}
