using System.Diagnostics;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Nn;
using ScFm.Torch.Extras;
using TorchSharp;
using static TorchSharp.torch;

/// <summary>This project's side of a row, in a process of its own.</summary>
internal sealed class Ours
{
    private readonly Work work;
    private readonly ScFoundationModule module;
    private readonly optim.Optimizer? optimizer;
    private readonly CellTokens[] cells;

    public Ours(Row row)
    {
        manual_seed(0);
        var random = new Random(0);
        work = row.Work;
        module = new ScFoundationModule(row.Config);
        module.train(work == Work.Train);
        module.Precision = row.IsBf16 ? Precision.BFloat16 : Precision.Float32;
        optimizer = work == Work.Train ? optim.AdamW(module.parameters(), 1e-4, weight_decay: 0) : null; // its moments take twice the weights' memory from the start
        cells = Array.ConvertAll(row.Expressed, expressed => Cell.Simulate(random, expressed, work == Work.Train).Tokens());
    }

    /// <summary>Why this machine cannot run a row; null where it can.</summary>
    public static string? Obstacle(Row row) => row.IsBf16 && !Kernels.HasBFloat16 ? "this processor does not multiply bfloat16" : null;

    /// <summary>Times some runs behind one that warms.</summary>
    public Measurement Measure(int repeat)
    {
        Run();
        var seconds = new double[repeat];
        for (var run = 0; run < repeat; run++)
        {
            var watch = Stopwatch.StartNew();
            Run();
            seconds[run] = watch.Elapsed.TotalSeconds;
        }
        return new(seconds.Order().ElementAt(repeat / 2), Processes.PeakMemory());
    }

    // Packing is timed: the peer, too, gathers the expressed genes in every run.
    private void Run()
    {
        using var scope = NewDisposeScope();
        using var gradients = set_grad_enabled(work == Work.Train);
        var batch = TokenBatch.Pack(cells, Row.Genes);
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
