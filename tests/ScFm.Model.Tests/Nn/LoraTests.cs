using ScFm.Model.Files;
using ScFm.Model.Nn;
using ScFm.Model.Tests.Training;
using ScFm.Model.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Nn;

[Collection(nameof(TorchGenerator))]
public sealed class LoraTests
{
    private static readonly LoraOptions OnLine = new() { Rank = 2, Alpha = 6, Weights = ["weight"] };

    /// <summary>Two layers and data, so that the adapted weights' gradients have a way to go.</summary>
    private sealed class TwoLayers : ITrainingTask
    {
        private readonly Linear first = nn.Linear(5, 4);
        private readonly Linear second = nn.Linear(4, 3);
        private readonly Tensor x = randn(7, 5);

        public TwoLayers() => Module = nn.Sequential(("first", first), ("second", second));

        public nn.Module Module { get; }

        public string Identity => "two layers";

        public ReadOnlySpan<int> Lengths => new int[7];

        public BatchLoss Loss(ReadOnlySpan<int> cells, int epoch) => new(Of(first.weight!, second.weight!), 0);

        public Tensor Of(Tensor weight, Tensor other) =>
            nn.functional.linear(nn.functional.linear(x, weight, first.bias).tanh(), other, second.bias).square().mean();

        public double Validate(CancellationToken cancellation) => 0;
    }

    [Fact]
    public void The_gradients_of_the_adapters_are_those_of_the_sum_written_out()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var task = new TwoLayers();
        var weights = task.Module.named_parameters().Where(p => p.name.EndsWith("weight", StringComparison.Ordinal)).Select(p => p.parameter.detach().clone()).ToArray();
        var lora = new Lora(task.Module, OnLine, seed: 4);
        using (no_grad())
        {
            foreach (var adapter in lora.Adapters)
            {
                adapter.B.copy_(randn_like(adapter.B));
            }
        }
        (new LoraTask(task, lora).Loss([0], 0).Loss * 0.5).backward();

        Tensor[] a = [.. lora.Adapters.Select(adapter => adapter.A.detach().clone().requires_grad_())];
        Tensor[] b = [.. lora.Adapters.Select(adapter => adapter.B.detach().clone().requires_grad_())];
        (task.Of(weights[0] + 3 * matmul(b[0], a[0]), weights[1] + 3 * matmul(b[1], a[1])) * 0.5).backward();
        for (var i = 0; i < 2; i++)
        {
            Assert.InRange(Golden.LargestDifference(a[i].grad!, lora.Adapters[i].A.grad!), 0, 1e-6);
            Assert.InRange(Golden.LargestDifference(b[i].grad!, lora.Adapters[i].B.grad!), 0, 1e-6);
            Assert.True(a[i].grad!.abs().max().item<float>() > 1e-3);
        }
        Assert.All(task.Module.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void Adapters_add_nothing_before_they_are_trained_and_the_weights_come_back_bit_for_bit()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        var task = new TwoLayers();
        var before = SmallRun.BitsOf(task.Module);
        var lora = new Lora(task.Module, OnLine);
        lora.Apply();
        Assert.All(SmallRun.BitsOf(task.Module), now => Assert.Equal(before[now.Key], now.Value));
        var run = Trainer.Run(new LoraTask(task, lora), new() { Epochs = 20, BatchSize = 7, WarmUpSteps = 0, LearningRate = 0.05 });
        Assert.True(run.Losses[^1] < 0.5 * run.Losses[0]);
        lora.Apply();
        Assert.NotEqual(before["first.weight"], SmallRun.BitsOf(task.Module)["first.weight"]);
        lora.Restore();
        Assert.All(SmallRun.BitsOf(task.Module), now => Assert.Equal(before[now.Key], now.Value));
    }

    [Fact]
    public void Adapters_of_another_model_and_other_files_are_named_with_all_that_differs()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var file = folder.File("adapters.safetensors");
        new Lora(new TwoLayers().Module, OnLine).Save(file);
        var message = Assert.Throws<InvalidDataException>(() => Lora.Read(file, nn.Sequential(("first", nn.Linear(6, 4))))).Message;
        Assert.Equal($"'{file}' does not fit this model: second.weight is unknown; first.weight.lora_A is [2, 5], expected [2, 6].", message);

        Safetensors.Write(file, new Dictionary<string, Tensor> { ["x"] = ones(2) });
        Assert.Equal($"'{file}' names no lora_alpha and lora_rank; expected low-rank adapters.",
            Assert.Throws<InvalidDataException>(() => Lora.Read(file, new TwoLayers().Module)).Message);
    }
}
