using System.Diagnostics;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Nn;
using TorchSharp;
using static TorchSharp.torch;

/// <summary>This project's side of a row, in a process of its own.</summary>
internal sealed class Ours
{
    private readonly Work work;
    private readonly ScFoundationModule module;
    private readonly optim.Optimizer? optimizer;
    private readonly CellTokens[] cells;

    /// <summary>Makes the model, where models are put now, and cells.</summary>
    /// <param name="config">The sizes.</param>
    /// <param name="work">What is timed.</param>
    /// <param name="expressed">Expressed genes of each cell.</param>
    /// <param name="precision">What matrix products compute in.</param>
    public Ours(ScFoundationConfig config, Work work, int[] expressed, Precision precision)
    {
        manual_seed(0);
        var random = new Random(0);
        this.work = work;
        module = new ScFoundationModule(config);
        module.train(work == Work.Train);
        module.Precision = precision;
        optimizer = work == Work.Train ? optim.AdamW(module.parameters(), 1e-4, weight_decay: 0) : null; // its moments take twice the weights' memory from the start
        cells = Array.ConvertAll(expressed, expressed => Cell.Simulate(random, config.Genes, expressed, work == Work.Train).Tokens());
    }

    /// <summary>Median seconds of some runs of the first cells behind one that warms.</summary>
    /// <param name="repeat">How many runs.</param>
    /// <param name="count">How many cells. Default: all.</param>
    public double Seconds(int repeat, int? count = null)
    {
        var taken = count ?? cells.Length;
        Run(taken);
        var seconds = new double[repeat];
        for (var run = 0; run < repeat; run++)
        {
            var watch = Stopwatch.StartNew();
            Run(taken);
            seconds[run] = watch.Elapsed.TotalSeconds;
        }
        return seconds.Order().ElementAt(repeat / 2);
    }

    /// <summary>One run of the first cells. Packing belongs to it: the peer, too, gathers the expressed genes in every run.</summary>
    public void Run(int count)
    {
        using var scope = NewDisposeScope();
        using var gradients = set_grad_enabled(work == Work.Train);
        var device = module.PositionEmbedding.device;
        var batch = TokenBatch.Pack(cells[..count], module.Config.Genes, device);
        switch (work)
        {
            case Work.Embed:
                Pooling.All.Pool(batch, module.Encode(batch));
                break;
            case Work.Expression:
                module.call(batch);
                break;
            case Work.Train:
                Step(batch, optimizer!);
                break;
        }
        if (device.type == DeviceType.CUDA)
        {
            cuda.synchronize(device);
        }
    }

    private void Step(TokenBatch batch, optim.Optimizer optimizer)
    {
        var error = (module.call(batch) - batch.Targets!) * batch.WantedExists!;
        optimizer.zero_grad();
        (error.square().sum() / batch.WantedCount).backward();
        nn.utils.clip_grad_norm_(module.parameters(), 1);
        optimizer.step();
    }
}
