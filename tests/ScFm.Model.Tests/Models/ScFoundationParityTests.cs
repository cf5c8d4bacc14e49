using ScFm.Model.Devices;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tests.Devices;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Models;

/// <summary>Equality with the official scFoundation, case by case, within the tolerances that come with the fixtures.</summary>
public sealed class ScFoundationParityTests
{
    private const double GradientTolerance = 2e-5;
    private const double ThirdStepTolerance = 1e-4;
    private const double TinyGradient = 1e-6; // Adam divides by the gradient: below this, noise decides the sign of a step

    public static TheoryData<string, string> WholeCells => TestDevices.Times(Golden.Cases("scfoundation_*", "single.predicted_expression"));

    public static TheoryData<string, string> Batches => TestDevices.Times(Golden.Cases("scfoundation_*", "batch.predicted_expression"));

    public static TheoryData<string, string> TrainingSteps => TestDevices.Times(Golden.Cases("scfoundation_*", "trainA.loss"));

    public static TheoryData<string, string> HelperSteps => TestDevices.Times(Golden.Cases("scfoundation_*", "trainB.loss"));

    public static TheoryData<string, string> OptimizerSteps => TestDevices.Times(Golden.Cases("scfoundation_*", "adamw_official.step1.norm.weight"));

    public static TheoryData<string, string> ValueProbes => TestDevices.Times(Golden.Cases("scfoundation_*", "value_probe.x"));

    [Theory]
    [MemberData(nameof(WholeCells))]
    public void One_cell_at_a_time_is_embedded_and_decoded_as_by_the_reference(string name, string device)
    {
        using var place = TestDevices.Use(device);
        using var scope = NewDisposeScope();
        var golden = Golden.Read(name);
        var model = new ScFoundationCase(golden);
        using var _ = no_grad();
        var cells = model.Whole();
        for (var cell = 0; cell < cells.Length; cell++)
        {
            var batch = TokenBatch.Pack([cells[cell]], model.Genes, ComputeDevice.Current);
            var encoded = model.Module.Encode(batch);
            var hidden = model.Module.GeneEmbeddings(batch, encoded);
            AssertClose(golden, $"single{cell}.encoder_out", encoded.unsqueeze(0));
            AssertRow(golden, "single.cell_embedding_all", cell, Pooling.All.Pool(batch, encoded));
            AssertRow(golden, "single.cell_embedding_max", cell, Pooling.Max.Pool(batch, encoded));
            AssertRow(golden, "single.predicted_expression", cell, model.Module.Predict(hidden));
            AssertRow(golden, "single.gene_embeddings", cell, hidden);
        }
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public void A_batch_with_one_key_maximum_is_decoded_as_by_the_reference(string name, string device)
    {
        using var place = TestDevices.Use(device);
        using var scope = NewDisposeScope();
        var golden = Golden.Read(name);
        var model = new ScFoundationCase(golden);
        model.Module.WholeBatchMaximum = true;
        using var _ = no_grad();
        AssertClose(golden, "batch.predicted_expression", model.Module.call(TokenBatch.Pack(model.Whole(), model.Genes, ComputeDevice.Current)));
    }

    [Theory]
    [MemberData(nameof(WholeCells))]
    public void A_cell_of_a_batch_has_the_values_it_has_alone(string name, string device)
    {
        using var place = TestDevices.Use(device);
        using var scope = NewDisposeScope();
        var golden = Golden.Read(name);
        var model = new ScFoundationCase(golden);
        using var _ = no_grad();
        AssertClose(golden, "single.predicted_expression", model.Module.call(TokenBatch.Pack(model.Whole(), model.Genes, ComputeDevice.Current)));
    }

    [Theory]
    [MemberData(nameof(TrainingSteps))]
    public void The_masked_loss_and_every_gradient_are_the_reference_s(string name, string device)
    {
        using var place = TestDevices.Use(device);
        using var scope = NewDisposeScope();
        var golden = Golden.Read(name);
        var model = new ScFoundationCase(golden);
        model.Module.WholeBatchMaximum = true;
        model.Module.train();
        var loss = MaskedLoss(model, maskedInEncoder: false);
        loss.backward();
        Assert.Equal(golden["trainA.loss"].item<float>(), loss.item<float>(), 2e-5 * golden["trainA.loss"].item<float>());
        var checkedGradients = 0;
        foreach (var (ours, parameter) in model.Module.named_parameters())
        {
            if (golden.Has("trainA.grad." + CheckpointNames.ToPublished(ours)))
            {
                var expected = golden["trainA.grad." + CheckpointNames.ToPublished(ours)];
                var allowed = GradientTolerance * expected.abs().max().item<float>() + 1e-8;
                // a parameter that the loss does not reach has no gradient here and zeros there
                var found = parameter.grad ?? zeros_like(parameter);
                Assert.True(Golden.LargestDifference(found, expected) <= allowed, $"{ours}: {Golden.LargestDifference(found, expected)} > {allowed}");
                checkedGradients++;
            }
        }
        Assert.True(checkedGradients > 10, $"only {checkedGradients} gradients were compared");
    }

    [Theory]
    [MemberData(nameof(HelperSteps))]
    public void The_loss_of_the_published_helper_is_the_reference_s(string name, string device)
    {
        using var place = TestDevices.Use(device);
        using var scope = NewDisposeScope();
        var golden = Golden.Read(name);
        var model = new ScFoundationCase(golden);
        model.Module.WholeBatchMaximum = true;
        var expected = golden["trainB.loss"].item<float>();
        Assert.Equal(expected, MaskedLoss(model, maskedInEncoder: true).item<float>(), 2e-5 * expected);
    }

    [Theory]
    [MemberData(nameof(OptimizerSteps))]
    public void Optimizer_steps_are_the_reference_s(string name, string device)
    {
        using var place = TestDevices.Use(device);
        var golden = Golden.Read(name);
        AssertSteps(golden, "adamw_official", learningRate: 1e-4, weightDecay: 0, clip: 1);
        AssertSteps(golden, "adamw_decay", learningRate: 1e-2, weightDecay: 0.1, clip: 0);
    }

    [Theory]
    [MemberData(nameof(ValueProbes))]
    public void A_value_is_embedded_as_by_the_reference(string name, string device)
    {
        using var place = TestDevices.Use(device);
        using var scope = NewDisposeScope();
        var golden = Golden.Read(name);
        var model = new ScFoundationCase(golden);
        var (mask, pad) = (golden.Config["mask_token_id"]!.GetValue<double>(), golden.Config["pad_token_id"]!.GetValue<double>());
        using var _ = no_grad();
        var values = golden["value_probe.x"][0];
        var embedded = model.Module.ValueEmbedding.call(values);
        for (var i = 0; i < values.shape[0]; i++)
        {
            var value = values[i].item<float>();
            if (value != pad)
            {
                var found = value == mask ? model.Module.ValueEmbedding.Mask[0] : embedded[i];
                Assert.True(Golden.LargestDifference(found, golden["value_probe.embedding"][0][i]) <= 2e-5, $"value {value}");
            }
        }
    }

    private static void AssertSteps(Golden golden, string prefix, double learningRate, double weightDecay, double clip)
    {
        using var scope = NewDisposeScope();
        var model = new ScFoundationCase(golden);
        model.Module.WholeBatchMaximum = true;
        model.Module.train();
        using var optimizer = optim.AdamW(model.Module.parameters(), learningRate, weight_decay: weightDecay);
        var smallest = new Dictionary<string, Tensor>();
        for (var step = 1; step <= 3; step++)
        {
            optimizer.zero_grad();
            MaskedLoss(model, maskedInEncoder: false).backward();
            foreach (var (ours, parameter) in model.Module.named_parameters().Where(p => p.parameter.grad is not null))
            {
                var size = parameter.grad!.abs();
                smallest[ours] = smallest.TryGetValue(ours, out var before) ? minimum(before, size) : size;
            }
            if (clip > 0)
            {
                nn.utils.clip_grad_norm_(model.Module.parameters(), clip);
            }
            optimizer.step();
        }
        var compared = 0;
        foreach (var (ours, parameter) in model.Module.named_parameters())
        {
            // the fixtures' group "step1" holds all parameters after the third step: it equals "step3" wherever both are stored
            var key = $"{prefix}.step1.{CheckpointNames.ToPublished(ours)}";
            if (golden.Has(key) && smallest.TryGetValue(ours, out var gradient))
            {
                var clear = gradient.gt(TinyGradient);
                var difference = ((parameter - golden[key]) * clear).abs().max().item<float>();
                Assert.True(difference <= ThirdStepTolerance, $"{key}: {difference}");
                compared++;
            }
        }
        Assert.True(compared > 10, $"only {compared} parameters were compared");
    }

    private static Tensor MaskedLoss(ScFoundationCase model, bool maskedInEncoder)
    {
        var batch = TokenBatch.Pack(model.Training(maskedInEncoder, wantMasked: true), model.Genes, ComputeDevice.Current);
        return ((model.Module.call(batch) - batch.Targets!) * batch.WantedExists!).square().sum() / batch.WantedCount;
    }

    private static void AssertRow(Golden golden, string name, int cell, Tensor found)
    {
        if (golden.Has(name) && cell < golden[name].shape[0])
        {
            // a fixture may hold the first positions only
            var expected = golden[name][cell];
            AssertClose(golden, name, expected, found[0].narrow(0, 0, expected.shape[0]));
        }
    }

    private static void AssertClose(Golden golden, string name, Tensor found)
    {
        if (golden.Has(name))
        {
            AssertClose(golden, name, golden[name], found);
        }
    }

    private static void AssertClose(Golden golden, string name, Tensor expected, Tensor found)
    {
        var tolerance = golden.Config["seq_len"]!.GetValue<int>() > 1000 ? 5e-5 : 2e-5;
        Assert.True(Golden.LargestDifference(found, expected) <= tolerance, $"{golden.Name} {name}: {Golden.LargestDifference(found, expected)} > {tolerance}");
    }
}
