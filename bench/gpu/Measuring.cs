using System.Runtime.InteropServices;
using ScFm.Model.Cells;
using ScFm.Model.Devices;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Models.ScVi;
using ScFm.Model.Nn;
using ScFm.Model.Training;
using ScFm.Torch.Extras;
using TorchSharp;
using static TorchSharp.torch;

/// <summary>This project's side, a process a row.</summary>
internal static class Measuring
{
    private const int Genes = 2_000; // of an LDVAE's cells

    /// <summary>What the device can do.</summary>
    public static Ground Look(Setting setting)
    {
        var device = ComputeDevice.Current;
        var card = device.type == DeviceType.CUDA ? CudaFacts.Gather().Cards[device.index].Name : $"{Environment.ProcessorCount} processors";
        return new(card, Native.LibtorchVersion, MatmulPeak.Of(device), MatmulPeak.Of(device, setting.Precision));
    }

    /// <summary>The largest batch that fits, and its time.</summary>
    public static Speed Row(Setting setting, Work work)
    {
        var device = ComputeDevice.Current;
        var ours = new Ours(setting.Config, work, Setting.Cells(setting.Most), setting.Precision);
        ours.Run(1); // the optimizer's state belongs to the model, not to a batch
        var allowed = setting.Memory;
        var cells = Math.Max(1, LargestBatch.Find(setting.Most, allowed, count => Needed(device, () => ours.Run(count))));
        DeviceMemory.ResetPeak(device);
        var seconds = ours.Seconds(Setting.Repeat, cells);
        return new(cells, seconds, device.type == DeviceType.CUDA ? DeviceMemory.Of(device).Peak!.Value / Math.Pow(2, 30) : Processes.PeakMemory());
    }

    /// <summary>A pretraining from raw counts, with the batch found for the device's memory.</summary>
    public static Pipeline Pretrain(Setting setting)
    {
        const int Epochs = 4;
        var steps = 0;
        var cells = Simulate(setting.Most * 4, setting.Genes, Setting.Cells(setting.Most * 4));
        using var budget = MemoryBudget.Use(new(setting.Memory, FillsMemory: true));
        var report = Pretraining.Run(cells, new PretrainingOptions
        {
            Sizes = setting.Config,
            Vocabulary = new GeneVocabulary(cells.VarNames),
            Precision = setting.Precision,
            WarmStart = false,
            MostHeldOut = 8,
            Training = new() { Epochs = Epochs, Patience = 0, LearningRate = 1e-4 },
        }, progress: new Told(told => steps = told.TotalSteps)).Report!;
        return new((int)Math.Ceiling((double)(cells.CellCount - report.HeldOut.Length) * Epochs / steps), report.Run.CellsPerSecond, report.Run.PeakShare, report.WaitingShare);
    }

    /// <summary>Training cells a second of an LDVAE of 2,000 genes.</summary>
    public static double Ldvae(Setting setting)
    {
        var isCard = setting.Device != "cpu";
        var count = isCard ? 40_000 : 2_000;
        var cells = Simulate(count, Genes, [.. Enumerable.Repeat(600, count)]);
        var model = ScViModel.Train(cells, new() { Config = ScViConfig.Linear, BatchSize = isCard ? 8_192 : 128, Epochs = isCard ? 40 : 3, HeldOutShare = 0.001 });
        return model.Report!.Run.CellsPerSecond;
    }

    private static long? Needed(Device device, Action run)
    {
        try
        {
            return PeakMemory.Of(device, run);
        }
        catch (ExternalException error) when (MemoryShortage.Is(error))
        {
            return null;
        }
    }

    /// <summary>Raw counts of which so many a cell are above zero.</summary>
    private static AnnData Simulate(int cells, int genes, int[] expressed)
    {
        var random = new Random(0);
        var offsets = new long[cells + 1];
        var (indices, values) = (new List<int>(), new List<float>());
        var all = Enumerable.Range(0, genes).ToArray();
        for (var cell = 0; cell < cells; cell++)
        {
            random.Shuffle(all);
            var own = all[..expressed[cell]];
            Array.Sort(own);
            indices.AddRange(own);
            values.AddRange(own.Select(_ => (float)(1 + random.Next(8))));
            offsets[cell + 1] = indices.Count;
        }
        return new AnnData(
            new CsrMatrix(cells, genes, offsets, [.. indices], [.. values]), [.. Enumerable.Range(0, cells).Select(cell => $"cell-{cell}")], [.. Enumerable.Range(0, genes).Select(gene => $"gene-{gene}")]);
    }

    /// <summary>Reports on the caller's thread.</summary>
    private sealed class Told(Action<TrainingProgress> told) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => told(value);
    }
}
