using ScFm.Model.Models.ScVi;
using ScFm.Model.Tests.Devices;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Models.ScVi;

/// <summary>Equality with the official scVI and LDVAE, case by case, within the tolerances that come with the fixtures.</summary>
public sealed class ScViParityTests
{
    private const double Forward = 1e-5; // relative, of values above 1
    private const double LogProbability = 1e-4;
    private const double Gradient = 1e-4; // of the largest of the tensor
    private const double Step = 1e-6;
    private const double Nothing = 1e-5; // what rounding leaves of a gradient that is 0
    private const double TrainingWeight = 0.3; // of the latent space's divergence, in the fixtures

    public static TheoryData<string, string> Cases => TestDevices.Times([.. Golden.Cases("scvi_*", "eval.qz_mean").Concat(Golden.Cases("ldvae_*", "eval.qz_mean")).Distinct()]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Posteriors_and_distributions_are_the_reference_s(string name, string device)
    {
        using var place = TestDevices.Use(device);
        using var scope = NewDisposeScope();
        var golden = Golden.Read(name);
        var model = new ScViCase(golden);
        model.Module.eval();
        using var _ = no_grad();
        var latent = model.Module.InferLatent(model.Batch);
        AssertClose(golden, "eval.qz_mean", latent.Mean);
        AssertClose(golden, "eval.qz_var", latent.Variance);
        var library = model.Module.InferLibrary(model.Batch);
        Assert.Equal(golden.Has("eval.ql_mean"), library is not null);
        if (library is not null)
        {
            AssertClose(golden, "eval.ql_mean", library.Mean);
            AssertClose(golden, "eval.ql_var", library.Variance);
        }
        var z = latent.Sample(model.Noise.Latent);
        var size = library?.Sample(model.Noise.Library) ?? model.Batch.LogTotals;
        AssertClose(golden, "eval.z", z);
        AssertClose(golden, "eval.library", size);
        var counts = model.Module.Generate(z, size, model.Batch);
        AssertClose(golden, "eval.px_scale", counts.Scale);
        AssertClose(golden, "eval.px_rate", counts.Rate);
        AssertClose(golden, "eval.px_theta", counts.Dispersion.expand_as(counts.Scale));
        Assert.Equal(golden.Has("eval.px_zi_logits"), counts.DropoutLogits is not null);
        if (counts.DropoutLogits is { } logits)
        {
            AssertClose(golden, "eval.px_zi_logits", logits);
        }
        if (golden.Has("eval.loadings"))
        {
            AssertClose(golden, "eval.loadings", model.Module.Loadings);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_parts_of_the_evidence_lower_bound_are_the_reference_s(string name, string device)
    {
        using var place = TestDevices.Use(device);
        using var scope = NewDisposeScope();
        var golden = Golden.Read(name);
        var model = new ScViCase(golden);
        model.Module.eval();
        using var _ = no_grad();
        var bound = model.Module.call(model.Batch, model.Noise);
        AssertClose(golden, "eval.reconstruction_loss", -bound.LogProbability);
        AssertClose(golden, "eval.kl_z", bound.LatentDivergence);
        AssertClose(golden, "eval.kl_l", bound.LibraryDivergence ?? zeros_like(bound.LatentDivergence));
        AssertClose(golden, "eval.loss_w1", bound.Loss().mean());
        AssertClose(golden, "eval.loss_wk", bound.Loss(TrainingWeight).mean());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_log_probability_of_each_count_is_the_reference_s(string name, string device)
    {
        using var place = TestDevices.Use(device);
        using var scope = NewDisposeScope();
        var golden = Golden.Read(name);
        var expected = golden["eval.log_prob"];
        var single = SingleCounts.Distribution(
            new ScViCase(golden).Module.Config.Likelihood,
            golden["eval.px_rate"], golden["eval.px_theta"], golden.Has("eval.px_zi_logits") ? golden["eval.px_zi_logits"] : null);
        var difference = Golden.LargestDifference(single.LogProbability(SingleCounts.Batch(golden["x"])), expected.flatten());
        Assert.True(difference <= LogProbability, $"{name}: {difference}");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_training_loss_every_gradient_and_the_running_statistics_are_the_reference_s(string name, string device)
    {
        using var place = TestDevices.Use(device);
        using var scope = NewDisposeScope();
        var golden = Golden.Read(name);
        var model = new ScViCase(golden);
        model.Module.train();
        var loss = model.Module.call(model.Batch, model.Noise).Loss(TrainingWeight).mean();
        loss.backward();
        AssertClose(golden, "train.loss", loss);
        var gradients = golden.Under("train.grad.");
        Assert.Equal(gradients.Keys.Order(), model.Module.named_parameters().Select(p => p.name).Order());
        foreach (var (own, parameter) in model.Module.named_parameters())
        {
            var allowed = IsWithoutEffect(model.Module, own) ? Nothing : Gradient * gradients[own].abs().max().item<float>() + 1e-8;
            var difference = Golden.LargestDifference(parameter.grad!, gradients[own]);
            Assert.True(difference <= allowed, $"{name} {own}: {difference} > {allowed}");
        }
        foreach (var (own, buffer) in model.Module.named_buffers().Where(b => !b.name.StartsWith("library", StringComparison.Ordinal)))
        {
            AssertClose(golden, "train.buffers_after." + own, buffer);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Adam_steps_are_the_reference_s(string name, string device)
    {
        using var place = TestDevices.Use(device);
        using var scope = NewDisposeScope();
        var golden = Golden.Read(name);
        var model = new ScViCase(golden);
        model.Module.train();
        using var optimizer = ScViTask.Optimizer(model.Module.parameters(), learningRate: 1e-3, weightDecay: 1e-6);
        var losses = golden["adam.losses"].data<float>().ToArray();
        for (var step = 0; step < losses.Length; step++)
        {
            optimizer.zero_grad();
            var loss = model.Module.call(model.Batch, model.Noise).Loss(TrainingWeight).mean();
            Assert.Equal(losses[step], loss.item<float>(), Forward * Math.Abs(losses[step]));
            loss.backward();
            optimizer.step();
            var after = golden.Under($"adam.step{step + 1}.");
            foreach (var (own, parameter) in model.Module.named_parameters().Where(_ => after.Count > 0))
            {
                var difference = Golden.LargestDifference(parameter, after[own]);
                Assert.True(difference <= (IsWithoutEffect(model.Module, own) ? Nothing : Step), $"{name} {own} after step {step + 1}: {difference}");
            }
        }
        Assert.NotEmpty(losses);
    }

    /// <summary>True for a bias that a normalisation over the batch subtracts again: its gradient is 0, and what is computed is rounding.</summary>
    private static bool IsWithoutEffect(ScViModule module, string parameter) =>
        parameter.EndsWith(".0.bias", StringComparison.Ordinal) && module.has_parameter(parameter[..^"0.bias".Length] + "1.weight");

    private static void AssertClose(Golden golden, string name, Tensor found)
    {
        var expected = golden[name].to(float64);
        var difference = ((found.to(float64) - expected).abs() / expected.abs().clamp(1, double.MaxValue)).max().item<double>();
        Assert.Equal(expected.shape, found.shape);
        Assert.True(difference <= Forward, $"{golden.Name} {name}: {difference}");
    }
}
