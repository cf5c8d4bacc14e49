using ScFm.Model.Cells;
using ScFm.Model.Training;
using static TorchSharp.torch;

namespace ScFm.Model.Models.DeepCdr;

public sealed partial class DeepCdrModel
{
    /// <summary>Trains a new model.</summary>
    /// <param name="drugs">The drugs' graphs.</param>
    /// <param name="tables">What is known of the cell lines: the name of each table and its values [cell lines, width], the same cell lines in all of them.</param>
    /// <param name="training">Pairs to train on, 2 or more.</param>
    /// <param name="validation">Pairs to choose the epoch by, at least one; no pair that the model is scored on belongs here.</param>
    /// <param name="options">Shape and training. Default: the published shape.</param>
    /// <param name="checkpoint">A file to save to and to go on from; see <see cref="Trainer"/>. Default: none.</param>
    /// <param name="progress">Told after every step. Default: nobody.</param>
    /// <param name="cancellation">Ends the run after the step under way; the model that is returned has learnt up to there.</param>
    /// <exception cref="ArgumentException">An option is out of range, there are too few pairs, a pair names what is not there, or a response is not finite.</exception>
    public static DeepCdrModel Train(
        DrugGraphs drugs, IReadOnlyList<(string Name, DenseMatrix Values)> tables, ResponsePairs training, ResponsePairs validation, DeepCdrOptions? options = null,
        string? checkpoint = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        options = Options.Validate(options ?? new());
        var config = options.Config with
        {
            AtomFeatures = drugs[0].Features.Columns,
            Branches = [.. tables.Select(table => new CellBranch(table.Name, table.Values.Columns, Array.Exists(options.Config.Branches, branch => branch.Name == table.Name && branch.Convolved)))],
        };
        config.Checked();
        DenseMatrix[] values = [.. tables.Select(table => table.Values)];
        RequireTables(config, values);
        foreach (var pairs in (ReadOnlySpan<ResponsePairs>)[training, validation])
        {
            RequirePairs(drugs, values, pairs.Drugs, pairs.Cells);
            RequireFinite(drugs, pairs);
        }
        if (training.Count < 2 || validation.Count < 1)
        {
            throw new ArgumentException($"There are {training.Count} pairs to train on and {validation.Count} to validate on; expected at least 2 and 1.");
        }
        if (training.Count % options.BatchSize == 1) // over a single pair nothing varies, so that none is left for a batch of its own
        {
            training = new ResponsePairs(training.Drugs[..^1], training.Cells[..^1], training.Values[..^1]);
        }

        manual_seed(options.Seed);
        var module = new DeepCdrModule(config);
        module.StartAt(training.Values.Average());
        var known = training.Cells.Distinct().ToArray();
        // marks of a convolved table are 0 or 1, and stay so
        FeatureScale[] scales = [.. values.Select((table, i) => config.Branches[i].Convolved ? FeatureScale.None(table.Columns) : FeatureScale.Of(table, known))];
        using var onDevice = new CellTables(values, scales, module.Device);
        var run = Trainer.Run(new DeepCdrTask(module, drugs, onDevice, training, validation), options.Loop, checkpoint, progress, cancellation);
        return new DeepCdrModel(module, scales) { Run = run };
    }

    private static void RequireFinite(DrugGraphs drugs, ResponsePairs pairs)
    {
        var bad = Array.FindIndex(pairs.Values, value => !float.IsFinite(value));
        if (bad >= 0)
        {
            throw new ArgumentException($"The logarithm of the IC50 of '{drugs.Names[pairs.Drugs[bad]]}' in the cell line {pairs.Cells[bad]} is {pairs.Values[bad]}; expected a finite number.");
        }
    }
}
