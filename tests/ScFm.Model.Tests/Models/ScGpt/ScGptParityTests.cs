using ScFm.Model.Models.ScGpt;
using ScFm.Model.Tests.Devices;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Model.Tests.Models.ScGpt;

/// <summary>Equality with the published scGPT, within the tolerances that come with the fixtures.</summary>
public sealed class ScGptParityTests
{
    private const double Forward = 1e-5;
    private const double Gradient = 1e-4; // of the largest of the tensor
    private const double Nothing = 1e-6; // what rounding leaves of a gradient that is 0

    public static TheoryData<string, bool, string> Cases => OnDevices(new()
    {
        { "scgpt_annotation_tiny", false },
        { "scgpt_annotation_tiny", true },
        { "scgpt_integration_tiny", false },
        { "scgpt_integration_tiny", true },
        { "scgpt_avgpool_category", true }, // the mean over a cell counts padding
    });

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_output_is_the_reference_s(string name, bool isPadded, string device)
    {
        using var place = TestDevices.Use(device);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var golden = new ScGptCase(name);
        var batch = golden.Batch(predictsAll: true, isPadded);
        var states = golden.Module.call(batch);
        AssertClose(golden.Packed("transformer_output", isPadded), states.Tokens, "transformer_output");
        AssertClose(golden.Golden["out.cell_emb"], states.Cells, "cell_emb");
        AssertClose(golden.Golden["out.cls_output"], golden.Module.TypeLogits(states.Cells), "cls_output");
        AssertClose(golden.Golden["out.loss_ecs"], ScGptLosses.ElasticSimilarity(states.Cells, golden.Threshold, Compat.Reference), "loss_ecs");
        AssertClose(golden.Golden["out.loss_cce"], ScGptLosses.ContrastOf(states.Cells, states.Cells), "loss_cce");
        AssertPredicted("mlm", golden.Module.PredictValues(states, batch));
        AssertPredicted("mvc", golden.Module.PredictFromCells(states, batch));
        if (golden.Config.Adversary)
        {
            AssertClose(golden.Golden["out.dab_output"], golden.Module.BatchLogits(states.Cells), "dab_output");
        }

        void AssertPredicted(string head, ValuePrediction found)
        {
            AssertClose(golden.Packed($"out.{head}_output", isPadded), found.Values, $"{head}_output");
            Assert.Equal(golden.Config.ZeroProbability, found.ExpressedLogits is not null);
            if (found.ExpressedLogits is { } logits)
            {
                AssertClose(golden.Packed($"out.{head}_zero_probs", isPadded), logits.sigmoid(), $"{head}_zero_probs");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_loss_and_every_gradient_is_the_reference_s(string name, bool isPadded, string device)
    {
        using var place = TestDevices.Use(device);
        using var scope = NewDisposeScope();
        var golden = new ScGptCase(name);
        var batch = golden.Batch(predictsAll: false, isPadded);
        var objective = new ScGptObjective { SimilarityWeight = 10, SimilarityThreshold = golden.Threshold, Compat = Compat.Reference };
        golden.Module.train();
        var losses = ScGptLosses.Of(golden.Module, batch, objective);
        (string Name, Tensor? Found)[] parts =
        [
            ("mse", losses.Values), ("cls", losses.Types), ("zero_nll", losses.Zeros), ("mvc", losses.CellValues), ("mvc_zero_nll", losses.CellZeros),
            ("ecs", objective.SimilarityWeight * losses.Similarity!), ("dab", losses.Batches),
        ];
        foreach (var (part, found) in parts)
        {
            Assert.Equal(golden.Golden.Has($"loss.{part}"), found is not null);
            if (found is not null)
            {
                AssertClose(golden.Golden[$"loss.{part}"], found, part, relative: true);
            }
        }
        var total = losses.Total(objective);
        AssertClose(golden.Golden["loss.total"], total, "total", relative: true);
        total.backward();
        var gradients = golden.Golden.Under("grad.");
        var own = golden.Module.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        Assert.Equal(own.Keys.Order(), gradients.Keys.Order());
        foreach (var (weight, gradient) in gradients)
        {
            // a key's bias adds the same to all of a query's scores, and softmax takes that away again: its third of the gradient is rounding in both
            var allowed = Gradient * gradient.abs().max().item<float>() + Nothing;
            var difference = Golden.LargestDifference(own[weight].grad!, gradient);
            Assert.True(difference <= allowed, $"{weight}: {difference} > {allowed}");
        }
    }

    [Fact]
    public void The_relative_error_is_the_reference_s()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        foreach (var name in Cases.Select(row => row.Data.Item1).Distinct())
        {
            var golden = new ScGptCase(name);
            var batch = golden.Batch(predictsAll: false, isPadded: true);
            var error = ScGptLosses.RelativeError(golden.Module.PredictValues(golden.Module.call(batch), batch).Values, batch.Targets!);
            AssertClose(golden.Golden["loss.relative_error"], error, name, relative: true);
        }
    }

    [Fact]
    public void Without_the_pairs_of_cells_with_themselves_ECS_is_the_mean_over_the_others()
    {
        using var scope = NewDisposeScope();
        var golden = new ScGptCase("scgpt_integration_tiny");
        var cells = golden.Golden["out.cell_emb"];
        var (count, threshold) = (cells.shape[0], golden.Threshold);
        var sum = 0.0;
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                sum += i == j ? 0 : 1 - Math.Pow(Math.Max(0, F.cosine_similarity(cells[i], cells[j], 0).item<float>()) - threshold, 2);
            }
        }
        Assert.Equal(sum / (count * (count - 1)), ScGptLosses.ElasticSimilarity(cells, threshold).item<float>(), 1e-5);
    }

    [Fact]
    public void Cells_are_padded_as_in_the_fixture()
    {
        using var scope = NewDisposeScope();
        var golden = new ScGptCase("scgpt_avgpool_category");
        var (tokens, values) = (golden.Golden.Integers("src"), golden.Golden["values"].data<float>().ToArray());
        var width = tokens.Length / golden.Lengths.Length;
        HiddenCell[] cells = [.. golden.Lengths.Select((length, cell) => new HiddenCell(
            [.. tokens.Skip(cell * width).Take(length).Select(token => (int)token)], [.. values.Skip(cell * width).Take(length)], [], []))];
        var padded = ScGptBatch.Padded(cells, golden.Vocabulary.Padding, golden.Config.PaddingValue);
        Assert.Equal(golden.Lengths.Max(), width); // no fixture cell is cut
        AssertClose(golden.Golden["out.cell_emb"], golden.Module.call(padded).Cells, "cell_emb");
        Assert.True(Golden.LargestDifference(golden.Golden["out.cell_emb"], golden.Module.call(ScGptBatch.Pack(cells)).Cells) > 1e-3); // without padding it is another mean
    }

    private static TheoryData<string, bool, string> OnDevices(TheoryData<string, bool> cases)
    {
        var all = new TheoryData<string, bool, string>();
        foreach (var ((name, isPadded), device) in from row in cases from device in TestDevices.All select (row.Data, device.Data))
        {
            all.Add(name, isPadded, device);
        }
        return all;
    }

    private static void AssertClose(Tensor expected, Tensor found, string name, bool relative = false)
    {
        var difference = Golden.LargestDifference(found, expected);
        var allowed = Forward * (relative ? Math.Max(1, expected.abs().max().item<float>()) : 1);
        Assert.True(difference <= allowed, $"{name}: {difference} > {allowed}");
    }
}
