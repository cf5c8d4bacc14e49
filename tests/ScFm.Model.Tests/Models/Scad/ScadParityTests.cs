using ScFm.Model.Tests.Devices;
using ScFm.Model.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Models.Scad;

/// <summary>Equality with the reference's modules, within the tolerances that come with the fixture.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class ScadParityTests
{
    private const double Forward = 1e-6;
    private const double Gradient = 1e-5; // of the largest of the tensor
    private const double Nothing = 1e-8; // what rounding leaves of a gradient that is 0: of a bias before a batch norm
    private const double Step = 1e-5;
    private const double Rate = 1e-3;
    private const double Drift = 2 * 3 * Rate; // three steps this way or that: Adagrad's first step is the sign of a gradient, however small
    private const string LastState = "adagrad.step3.";

    [Fact]
    public void Every_tensor_of_the_fixture_is_compared()
    {
        var scad = new ScadCase();
        string[] names = [.. scad.Module.state_dict().Keys.Select(ScadCase.Theirs)];
        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.All(names, name => Assert.True(scad.Has(LastState + name), name));
    }

    [Theory]
    [MemberData(nameof(TestDevices.All), MemberType = typeof(TestDevices))]
    public void Evaluation_is_the_reference_s(string device)
    {
        using var place = TestDevices.Use(device);
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var scad = new ScadCase();
        scad.Module.eval();
        var (source, target) = (scad.Module.Extract(scad["xs"]), scad.Module.Extract(scad["xt"]));
        AssertClose(scad["eval.features_source"], source, Forward, "features");
        AssertClose(scad["eval.response_source"].squeeze(1), scad.Module.Respond(source).sigmoid(), Forward, "response of the source");
        AssertClose(scad["eval.response_target"].squeeze(1), scad.Module.Respond(target).sigmoid(), Forward, "response of the target");
        AssertClose(scad["eval.domain_source"].squeeze(1), scad.Module.Discriminate(source).sigmoid(), Forward, "domain of the source");
    }

    [Theory]
    [MemberData(nameof(TestDevices.All), MemberType = typeof(TestDevices))]
    public void Training_answers_and_every_gradient_are_the_reference_s(string device)
    {
        using var place = TestDevices.Use(device);
        using var scope = NewDisposeScope();
        var scad = new ScadCase();
        scad.Module.train();
        using (no_grad())
        {
            var (source, target) = (scad.Module.Extract(scad["xs"]), scad.Module.Extract(scad["xt"]));
            AssertClose(scad["train.response"].squeeze(1), scad.Module.Respond(source).sigmoid(), Forward, "response");
            AssertClose(scad["train.domain"].squeeze(1), scad.Module.Discriminate(cat([source, target])).sigmoid(), Forward, "domain");
        }
        scad.Loss().Total(scad.DomainWeight).backward();
        foreach (var (name, parameter) in scad.Module.named_parameters())
        {
            var expected = scad["train.grad." + ScadCase.Theirs(name)];
            AssertClose(expected, parameter.grad!, Math.Max(Nothing, Gradient * expected.abs().max().item<float>()), name);
        }
    }

    [Theory]
    [MemberData(nameof(TestDevices.All), MemberType = typeof(TestDevices))]
    public void Steps_of_Adagrad_and_their_losses_are_the_reference_s(string device)
    {
        using var place = TestDevices.Use(device);
        using var scope = NewDisposeScope();
        var scad = new ScadCase();
        scad.Module.train();
        using var optimizer = optim.Adagrad(scad.Module.parameters(), Rate);
        for (var step = 0; step < 3; step++)
        {
            optimizer.zero_grad();
            var loss = scad.Loss();
            var total = loss.Total(scad.DomainWeight);
            Assert.Equal(scad["train.losses"][step].data<float>().ToArray(), [loss.Response.item<float>(), loss.Domain.item<float>(), total.item<float>()], (a, b) => Math.Abs(a - b) < Step);
            total.backward();
            optimizer.step();
        }
        AssertState(scad);
    }

    [Fact]
    public void What_flows_back_through_the_reversal_is_turned_round_and_nothing_else_changes()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 0.1f, -3.3f, 1e-20f, 1e30f }, requires_grad: true);
        var turned = ScFm.Model.Nn.GradientReversal.Of(x);
        Assert.Equal(x.data<float>().ToArray(), turned.data<float>().ToArray());
        (turned * tensor(new[] { 1f, 2f, 3f, 4f })).sum().backward();
        Assert.Equal([-1f, -2f, -3f, -4f], x.grad!.data<float>().ToArray());
    }

    private static void AssertState(ScadCase scad)
    {
        foreach (var (name, value) in scad.Module.state_dict())
        {
            var theirs = ScadCase.Theirs(name);
            var expected = scad[LastState + theirs];
            var meets = name.EndsWith("dense.bias", StringComparison.Ordinal) ? Drift // a batch norm takes it away again, so that its gradient is rounding
                : name.EndsWith("running_mean", StringComparison.Ordinal) ? Drift // and the mean goes with it
                : Step;
            AssertClose(expected, value, meets, name);
        }
    }

    private static void AssertClose(Tensor expected, Tensor found, double allowed, string what)
    {
        var difference = Golden.LargestDifference(expected, found);
        Assert.True(difference <= allowed, $"{what}: {difference}; allowed {allowed}");
    }
}
