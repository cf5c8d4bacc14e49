using ScFm.Model.Tests.Devices;
using ScFm.Model.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Models.Gears;

/// <summary>Equality with the reference's network, case by case, within the tolerances that come with the fixtures.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class GearsParityTests
{
    private const double Forward = 2e-5;
    private const double Gradient = 1e-4; // of the largest of the tensor
    private const double Nothing = 5e-6; // of the largest of all tensors: what rounding leaves of a gradient that is 0, of a bias before a batch norm
    private const double Rounding = 1e-5; // of the largest of all tensors: what is smaller throughout is such a gradient

    public static TheoryData<string, string> Cases => TestDevices.Times(Golden.Cases("gears_*", "eval.output"));

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_evaluation_is_the_reference_s_and_scales_long_vectors_where_they_lie(string name, string device)
    {
        using var place = TestDevices.Use(device);
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var golden = Golden.Read(name);
        var model = new GearsCase(golden);
        model.Module.eval();
        var (output, logVariance, _) = model.Run();
        AssertClose(golden["eval.output"], output, name);
        if (golden.Has("eval.logvar"))
        {
            AssertClose(golden["eval.logvar"], logVariance!, name);
        }
        var state = model.Module.state_dict();
        foreach (var (table, expected) in golden.Under("after_eval.").Where(table => state.ContainsKey(table.Key)))
        {
            AssertClose(expected, state[table], $"{name} {table}");
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_training_loss_and_every_gradient_are_the_reference_s(string name, string device) => AssertTraining(name, device, parts: 1);

    [Theory]
    [MemberData(nameof(Cases))]
    public void In_parts_the_loss_and_every_gradient_are_those_of_the_whole_batch(string name, string device) => AssertTraining(name, device, parts: 3);

    [Theory]
    [MemberData(nameof(Cases))]
    public void In_parts_the_norms_move_as_over_the_whole_batch(string name, string device)
    {
        using var place = TestDevices.Use(device);
        using var scope = NewDisposeScope();
        var golden = Golden.Read(name);
        var (whole, parted) = (new GearsCase(golden, Compat.Sensible), new GearsCase(golden, Compat.Sensible));
        foreach (var (model, parts) in new[] { (whole, 1), (parted, 3) })
        {
            Trained(model, parts);
        }
        var (expected, found) = (whole.Module.state_dict(), parted.Module.state_dict());
        foreach (var (weight, value) in expected)
        {
            AssertClose(value, found[weight], $"{name} {weight}");
        }
        AssertGradients(Gradients(whole), Gradients(parted), name);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Without_a_graph_of_genes_what_cells_share_is_computed_to_the_same_as_cell_by_cell(int parts)
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Read("gears_plain_uncertainty");
        var (apart, shared) = (new GearsCase(golden, Compat.Reference, genesAlone: true), new GearsCase(golden, Compat.Sensible, genesAlone: true));
        var (expected, found) = (Trained(apart).Output, Trained(shared, parts).Output);
        AssertClose(expected, found, "output");
        AssertGradients(Gradients(apart), Gradients(shared), "without a graph");
        var (moved, state) = (apart.Module.state_dict(), shared.Module.state_dict());
        foreach (var (statistic, value) in moved.Where(own => own.Key.Contains(".running_", StringComparison.Ordinal)))
        {
            AssertClose(value, state[statistic], statistic);
        }
        apart.Module.eval();
        shared.Module.eval();
        AssertClose(apart.Run().Output, shared.Run(parts).Output, "evaluation");
    }

    private static (Tensor Output, Tensor Loss) Trained(GearsCase model, int parts = 1)
    {
        model.Module.train();
        var (output, _, loss) = model.Run(parts);
        loss.backward();
        return (output, loss);
    }

    private static void AssertTraining(string name, string device, int parts)
    {
        using var place = TestDevices.Use(device);
        using var scope = NewDisposeScope();
        var golden = Golden.Read(name);
        var model = new GearsCase(golden);
        var (output, loss) = Trained(model, parts);
        AssertClose(golden["train.output"], output, name);
        // relative, as scFoundation's: a loss of ten says nothing in the sixth decimal, and each device adds its terms up in its own order
        AssertClose(golden["train.loss"] / golden["train.loss"], loss / golden["train.loss"], name);
        AssertGradients(golden.Under("train.grad."), Gradients(model), name);
    }

    private static Dictionary<string, Tensor> Gradients(GearsCase model) => model.Module.named_parameters().ToDictionary(parameter => parameter.name, parameter => parameter.parameter.grad!);

    private static void AssertGradients(Dictionary<string, Tensor> expected, Dictionary<string, Tensor> found, string name)
    {
        Assert.Equal(expected.Keys.Order(), found.Keys.Order());
        var largest = expected.Values.Max(Largest);
        foreach (var (parameter, gradient) in expected)
        {
            var difference = Golden.LargestDifference(gradient, found[parameter]);
            var allowed = Largest(gradient) <= Rounding * largest ? Nothing * largest : Gradient * Largest(gradient);
            Assert.True(difference <= allowed, $"{name} {parameter}: {difference}; allowed {allowed}");
        }
    }

    private static float Largest(Tensor values) => values.abs().max().item<float>();

    private static void AssertClose(Tensor expected, Tensor found, string what)
    {
        var difference = Golden.LargestDifference(expected, found);
        Assert.True(difference <= Forward, $"{what}: {difference}");
    }
}
