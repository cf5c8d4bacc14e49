using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tables;
using ScFm.Model.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Training;

/// <summary>A pretraining of a very small scFoundation on 43 cells of the sample, whose every random part can be switched on.</summary>
internal sealed record SmallRun
{
    private const int Genes = 120;

    private static readonly Lazy<AnnData> Sample = new(ReadSample);

    public double Dropout { get; init; }

    public int RedrawInterval { get; init; }

    public int DecoderDepth { get; init; } = 1;

    public int Width { get; init; } = 16;

    public int FirstCell { get; init; }

    public ReadDepthOptions ReadDepth { get; init; } = new() { LeastCounts = 20 };

    /// <summary>How training cells are drawn. Default: by length.</summary>
    public SamplingOptions Sampling { get; init; } = new();

    /// <summary>Where the cells are read from. Default: memory.</summary>
    public Func<AnnData, ICellSource> Source { get; init; } = cells => cells;

    public TrainingOptions Options { get; init; } = new() { Epochs = 3, BatchSize = 5, WarmUpSteps = 4, ValidateEvery = 4, Patience = 0, Seed = 7 };

    /// <summary>Trains from the first weights or from the checkpoint; returns what was done and the bits of every weight and buffer.</summary>
    public (TrainingRun Run, Dictionary<string, byte[]> Bits) Train(
        string? checkpoint = null, Action<TrainingProgress>? told = null, CancellationToken cancellation = default, TrainingRanks? ranks = null)
    {
        using var scope = NewDisposeScope();
        var task = Task();
        var run = Trainer.Run(task, Options, checkpoint, told is null ? null : new Told(told), cancellation, ranks);
        return (run, BitsOf(task.Module));
    }

    /// <summary>The same, stopped from the progress callback after the given step.</summary>
    public (TrainingRun Run, Dictionary<string, byte[]> Bits) TrainUntil(int step, string checkpoint, TrainingRanks? ranks = null)
    {
        using var stop = new CancellationTokenSource();
        return Train(checkpoint, progress => { if (progress.Step == step) { stop.Cancel(); } }, stop.Token, ranks);
    }

    public PretrainingTask Task()
    {
        manual_seed(Options.Seed);
        var module = new ScFoundationModule(new ScFoundationConfig
        {
            Genes = Genes,
            EncoderWidth = Width,
            EncoderDepth = 2,
            EncoderHeads = 2,
            DecoderWidth = 8,
            DecoderDepth = DecoderDepth,
            DecoderHeads = 2,
            DecoderHeadWidth = 4,
            Bins = 8,
            Dropout = Dropout,
            RedrawInterval = RedrawInterval,
        });
        var cells = Cells(FirstCell, 55);
        var (counts, _) = MappedCounts.Of(Source(cells), new GeneVocabulary(cells.VarNames));
        int[] training = [.. Enumerable.Range(0, 43)];
        return new PretrainingTask(
            module, ReadDepth, counts.Select(training), counts.Select([.. Enumerable.Range(43, 12)]), Options.Seed, sampler: Sampling.Sampler(cells.Obs.Select(training), Options.Seed));
    }

    public static Dictionary<string, byte[]> BitsOf(nn.Module module) => module.state_dict().ToDictionary(p => p.Key, p => p.Value.bytes.ToArray());

    private static AnnData Cells(int first, int count) => Sample.Value.SelectCells([.. Enumerable.Range(first, count)]);

    private static AnnData ReadSample()
    {
        var cells = AnnDataReader.Read(TestFolders.Sample);
        var sums = cells.X.ColumnSums();
        var few = cells.SelectGenes([.. Enumerable.Range(0, cells.GeneCount).OrderByDescending(gene => sums[gene]).Take(Genes).Order()]);
        few.Obs = few.Obs.With(new NumberColumn("weight", [.. Enumerable.Range(0, few.CellCount).Select(cell => cell % 3 + 0.5)]));
        return few;
    }
}
