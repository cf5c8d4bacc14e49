using ScFm.Model.Devices;

namespace ScFm.Model.Training;

/// <summary>How many cells a training step may take at once within an amount of memory.</summary>
/// <remarks>Found by trying: some steps on the longest cells, twice as many each time until it is too much, then between. Weights, random numbers and statistics are put back; nothing is learnt.</remarks>
public static class LargestBatch
{
    private const int MostCells = 65_536; // that a batch may have

    private const int Precision = 16; // the answer may be smaller than possible by a share of 1 in so many

    /// <summary>The options of a training with batches that fit into <see cref="MemoryBudget.Current"/>, where there is one; a run that is taken up keeps those that it has.</summary>
    /// <param name="task">What is trained.</param>
    /// <param name="options">How.</param>
    /// <param name="checkpoint">The file that the run may go on from; null where there is none.</param>
    /// <param name="cancellation">Stops the trying.</param>
    /// <param name="ranks">The processes that train together; null for this one alone.</param>
    /// <exception cref="ArgumentException">The fewest cells of a step do not fit; the message says what they need.</exception>
    /// <exception cref="InvalidOperationException">Some ranks have a budget and others none.</exception>
    internal static TrainingOptions WithinBudget(ITrainingTask task, TrainingOptions options, string? checkpoint, CancellationToken cancellation, TrainingRanks? ranks)
    {
        var budget = MemoryBudget.Current;
        ranks?.Require(new("Whether memory is limited", $"{budget is not null}"), new("MemoryBudget.FillsMemory", $"{budget?.FillsMemory}"));
        if (budget is null)
        {
            return options;
        }
        TrainingOptions? Begun() => TrainingCheckpoint.BatchesOf(checkpoint, options);
        return (ranks is null ? Begun() : ranks.OfFirst(Begun)) is { } begun // only the first rank need see the file
            ? options with { BatchSize = begun.BatchSize, Accumulation = begun.Accumulation }
            : Fit(task, options, budget, cancellation, ranks);
    }

    /// <summary>Options whose forward passes stay within the memory, and whose steps have as many cells as before, or as fit where that is left open. Options of which that is so already are left as they are.</summary>
    /// <param name="task">What is trained.</param>
    /// <param name="options">How; of them the batch size and the accumulation are changed.</param>
    /// <param name="budget">The memory.</param>
    /// <param name="cancellation">Stops the trying.</param>
    /// <param name="ranks">The processes that train together, each within its own memory. Default: this one alone.</param>
    /// <exception cref="ArgumentException">The fewest cells of a step do not fit; the message says what they need.</exception>
    public static TrainingOptions Fit(ITrainingTask task, TrainingOptions options, MemoryBudget budget, CancellationToken cancellation = default, TrainingRanks? ranks = null)
    {
        var (size, epoch) = (ranks?.Size ?? 1, task.EpochLength);
        var (fewest, wanted) = (Math.Min(task.FewestCells, epoch), Math.Min(budget.FillsMemory ? MostCells : options.BatchSize, epoch));
        var trial = new TrainingTrial(task, options);
        int OfRank(int share) => Math.Max(BatchShare.Largest((int)Math.Min((long)share * size, epoch), size, fewest), fewest);
        int Fitting() => Find((wanted + size - 1) / size, budget.Bytes, share =>
        {
            cancellation.ThrowIfCancellationRequested();
            return trial.Needs(OfRank(share));
        });
        var fitting = ranks?.Least(Fitting) ?? Fitting();
        if (fitting == 0)
        {
            var cells = OfRank(1);
            var needed = trial.Needs(cells) is { } bytes ? ByteSize.Text(bytes) : $"more than the {ByteSize.Text(PeakMemory.FreeOn(trial.Device) ?? budget.Bytes)} that {trial.Device} has free";
            throw new ArgumentException(
                $"A training step of {(cells == 1 ? "one cell" : $"{cells} cells")} needs {needed} and {ByteSize.Text(budget.Bytes)} are allowed; expected more memory, a smaller model or vocabulary, bfloat16, or activations that are computed again.");
        }
        var atOnce = Math.Max(fitting * size, fewest); // the cells of a pass of all ranks
        if (budget.FillsMemory)
        {
            return options with { BatchSize = WithoutRest(Math.Min(atOnce, wanted), epoch, fewest), Accumulation = 1 };
        }
        if (atOnce >= wanted && wanted >= fewest)
        {
            return options with { BatchSize = WithoutRest(options.BatchSize, epoch, fewest) };
        }
        var inStep = (int)Math.Min((long)options.BatchSize * options.Accumulation, epoch);
        var passes = (inStep + atOnce - 1) / atOnce;
        return options with { BatchSize = WithoutRest((inStep + passes - 1) / passes, epoch, fewest), Accumulation = passes };
    }

    /// <summary>The largest size up to one for which an epoch's last batch, too, has the fewest cells that a pass is made of.</summary>
    private static int WithoutRest(int size, int cells, int fewest)
    {
        var whole = Math.Max(size, fewest);
        while (whole > fewest && cells % whole is > 0 and var rest && rest < fewest)
        {
            whole--;
        }
        return whole;
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
