using ScFm.Model.Devices;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Nn;
using ScFm.Model.Tests.Devices;
using ScFm.Model.Tests.Tasks;
using ScFm.Model.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Nn;

[Collection(nameof(TorchGenerator))]
public sealed class PrecisionTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("tiny")]
    [InlineData("3m")]
    public void In_bfloat16_hidden_states_and_predictions_are_near_those_in_float32(string preset)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var model = TaskCells.Model(preset);
        model.Module.eval();
        var counts = model.Read(TaskCells.First(8)).Counts;
        var objective = new ReadDepthObjective(new(), model.Config.Genes);
        var batch = TokenBatch.Pack([.. Enumerable.Range(0, 8).Select(cell => objective.Example(counts, cell, new Random(cell)))], model.Config.Genes);
        (Tensor, Tensor) Pass(Precision precision)
        {
            model.Module.Precision = precision;
            return (model.Module.Encode(batch), model.Module.call(batch));
        }
        var (exact, cast) = (Pass(Precision.Float32), Pass(Precision.BFloat16));
        double Error(Tensor a, Tensor b)
        {
            Assert.Equal(ScalarType.Float32, b.dtype);
            return ((b - a).norm() / a.norm()).item<float>();
        }
        var (encoder, predicted) = (Error(exact.Item1, cast.Item1), Error(exact.Item2, cast.Item2));
        output.WriteLine(FormattableString.Invariant($"{preset}: relative error of the encoder's states {encoder:E1}, of the predictions {predicted:E1}"));
        Assert.InRange(encoder, 1e-5, 0.01);
        Assert.InRange(predicted, 1e-6, 0.02);
    }

    [Fact]
    public void A_training_in_bfloat16_ends_near_the_one_in_float32_with_float32_weights()
    {
        var options = new PretrainingOptions { LeastCells = 40, Training = new() { Epochs = 4, WarmUpSteps = 5 } };
        var cells = TaskCells.First(160);
        var (exact, cast) = (Pretraining.Run(cells, options), Pretraining.Run(cells, options with { Precision = Precision.BFloat16 }));
        var (first, last) = (exact.Report!, cast.Report!);
        output.WriteLine(FormattableString.Invariant($"held-out loss {first.ModelLoss:F4} in float32, {last.ModelLoss:F4} in bfloat16; gene mean {first.GeneMeanLoss:F4}"));
        Assert.NotEqual(first.Run.Losses, last.Run.Losses);
        Assert.Equal(first.Run.Losses[0], last.Run.Losses[0], first.Run.Losses[0] * 0.01);
        Assert.Equal(first.ModelLoss, last.ModelLoss, 0.08 * first.ModelLoss); // rounding sets the runs apart as another seed would
        Assert.All(cast.Module.parameters(), parameter => Assert.Equal(ScalarType.Float32, parameter.dtype));
    }

    [Theory]
    [MemberData(nameof(TestDevices.All), MemberType = typeof(TestDevices))]
    public void An_encoder_block_is_in_bfloat16_near_what_it_is_in_float32_with_and_without_tokens_that_none_attends_to(string device)
    {
        const int Width = 32;
        using var place = TestDevices.Use(device);
        using var scope = NewDisposeScope();
        random.manual_seed(3);
        var (block, cells) = (new EncoderBlock(Width, heads: 4, dropout: 0).to(ComputeDevice.Current), new CellRows([6, 11, 4]));
        var (given, attended) = (randn(cells.Count, Width).to(ComputeDevice.Current), arange(cells.Count).remainder(3).ne(0).to(ComputeDevice.Current));
        (string Name, Tensor Value)[] Pass(Precision precision, Tensor? mask)
        {
            var tokens = nn.Parameter(given.clone());
            block.zero_grad();
            Tensor result;
            using (precision.Begin(ComputeDevice.Current))
            {
                result = block.forward(tokens, cells, mask);
            }
            (result * given.flip(0)).sum().backward();
            return [("the result", result.detach()), ("tokens", tokens.grad!), .. block.named_parameters().Select(named => (named.name, named.parameter.grad!.clone()))];
        }
        foreach (var ((name, exact), (_, cast)) in new[] { attended, null }.SelectMany(mask => Pass(Precision.Float32, mask).Zip(Pass(Precision.BFloat16, mask))))
        {
            Assert.Equal(ScalarType.Float32, cast.dtype);
            var error = ((cast - exact).norm() / exact.norm()).item<float>();
            output.WriteLine(FormattableString.Invariant($"{name}: relative error {error:E1}"));
            var (least, most) = name == "the result" ? (device == TestDevices.Other ? 0 : 1e-5, 0.01) : (0, 0.1); // libtorch casts nothing on the device of the tests; of a gradient a part comes or goes where the ReLU is near zero
            Assert.InRange(error, least, most);
        }
    }
}
