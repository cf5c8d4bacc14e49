using System.Diagnostics;
using MathNet.Numerics.Distributions;
using ScFm.Model.Cells;
using ScFm.Model.Models.ScVi;
using ScFm.Model.Training;

/// <summary>This project's side of a row, in a process of its own.</summary>
internal static class Ours
{
    private const int HeldOut = 11; // a model is never trained on all cells; with these, the training cells are as many as the peer's

    /// <summary>Median seconds of an epoch, validation included, behind one that warms.</summary>
    public static Measurement Measure(Row row, int epochs)
    {
        var clock = new EpochClock((Row.Cells + Row.BatchSize - 1) / Row.BatchSize);
        ScViModel.Train(
            Simulate(Row.Cells + HeldOut),
            new ScViOptions { Config = row.Config, BatchSize = Row.BatchSize, Epochs = epochs + 1, HeldOutShare = (double)HeldOut / (Row.Cells + HeldOut) },
            progress: clock);
        return new(clock.Epochs.Skip(1).Order().ElementAt(epochs / 2), Processes.PeakMemory());
    }

    /// <summary>The distribution of the peer's counts: negative binomial with 0.3 and 0.3, three in ten above zero.</summary>
    private static AnnData Simulate(int cells)
    {
        var random = new Random(0);
        var counts = new DenseMatrix(cells, Row.Genes);
        for (var i = 0; i < counts.Values.Length; i++)
        {
            counts.Values[i] = NegativeBinomial.Sample(random, 0.3, 0.3);
        }
        return new AnnData(CsrMatrix.FromDense(counts), Names("cell", cells), Names("gene", Row.Genes));
    }

    private static string[] Names(string what, int count) => [.. Enumerable.Range(0, count).Select(i => $"{what}-{i}")];

    /// <summary>Wall time from one epoch's last step to the next one's.</summary>
    private sealed class EpochClock(int steps) : IProgress<TrainingProgress>
    {
        private readonly Stopwatch watch = Stopwatch.StartNew();
        private double last;

        public List<double> Epochs { get; } = [];

        public void Report(TrainingProgress progress)
        {
            if (progress.Step > 0 && progress.Step % steps == 0 && double.IsNaN(progress.ValidationLoss))
            {
                var now = watch.Elapsed.TotalSeconds;
                Epochs.Add(now - last);
                last = now;
            }
        }
    }
}
