using ScFm.Model.Training;

namespace ScFm.Model.Devices;

/// <summary>How many cells a training step may take at once within an amount of memory.</summary>
/// <remarks>Found by trying: some steps on the longest cells, twice as many each time until it is too much, then between. Weights, random numbers and statistics are put back; nothing is learnt.</remarks>
public static class LargestBatch
{
    private const int MostCells = 65_536; // that a batch may have

    private const int Precision = 16; // the answer may be smaller than possible by a share of 1 in so many

    /// <summary>Options whose forward passes stay within the memory, and whose steps have as many cells as before, or as fit where that is left open.</summary>
    /// <param name="task">What is trained.</param>
    /// <param name="options">How; of them the batch size and the accumulation are changed.</param>
    /// <param name="memory">Bytes for weights, gradients, the optimizer and all that a step computes.</param>
    /// <param name="keepsStep">True for steps of as many cells as the options say, in as many passes as are needed; false for steps of one pass of as many cells as fit.</param>
    /// <param name="cancellation">Stops the trying.</param>
    /// <param name="ranks">The processes that train together, each within its own memory. Default: this one alone.</param>
    /// <exception cref="ArgumentException">A single cell does not fit; the message says what it needs.</exception>
    public static TrainingOptions Fit(
        ITrainingTask task, TrainingOptions options, long memory, bool keepsStep, CancellationToken cancellation = default, TrainingRanks? ranks = null)
    {
        var (size, inStep) = (ranks?.Size ?? 1, options.BatchSize * options.Accumulation);
        var share = (inStep + size - 1) / size; // of a step's cells
        var trial = new TrainingTrial(task, options);
        int Fitting() => Find(Math.Clamp(keepsStep ? share : MostCells / size, 1, task.Lengths.Length), memory, cells =>
        {
            cancellation.ThrowIfCancellationRequested();
            return trial.Needs(cells);
        });
        var fitting = ranks?.Least(Fitting) ?? Fitting();
        if (fitting == 0)
        {
            var needed = trial.Needs(1) is { } bytes ? ByteSize.Text(bytes) : $"more than the {ByteSize.Text(PeakMemory.FreeOn(trial.Device) ?? memory)} that {trial.Device} has free";
            throw new ArgumentException($"A training step of one cell needs {needed} and {ByteSize.Text(memory)} are allowed; expected more memory, a smaller model or vocabulary, bfloat16, or activations that are computed again.");
        }
        var passes = keepsStep ? (share + fitting - 1) / fitting : 1;
        return options with { BatchSize = keepsStep ? (inStep + passes - 1) / passes : fitting * size, Accumulation = passes };
    }

    /// <summary>The largest number for which no more is needed than allowed, down to a share of 1 in 16; 0 where 1 is too many.</summary>
    /// <param name="most">The largest number that is wanted, 1 or more.</param>
    /// <param name="allowed">What is allowed.</param>
    /// <param name="needs">What a number needs, growing with it; null for more than there is.</param>
    public static int Find(int most, long allowed, Func<int, long?> needs)
    {
        var (fits, tooMany) = (0, 1);
        while (Suits(tooMany))
        {
            fits = tooMany;
            if (fits == most)
            {
                return most;
            }
            tooMany = (int)Math.Min(2L * fits, most);
        }
        while (tooMany - fits > Math.Max(1, fits / Precision))
        {
            var between = fits + (tooMany - fits) / 2;
            (fits, tooMany) = Suits(between) ? (between, tooMany) : (fits, between);
        }
        return fits;

        bool Suits(int number) => needs(number) <= allowed; // false for null
    }
}
