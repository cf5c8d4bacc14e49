using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Training;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScBert;

public sealed partial class ScBertModel
{
    /// <summary>Pretrains a new model, or a copy of a trained one further, by predicting hidden bins.</summary>
    /// <param name="cells">Cells with raw counts, of any source; they are read as they are needed.</param>
    /// <param name="options">Sizes, genes, masks and training. Default: the published sizes, all genes.</param>
    /// <param name="checkpoint">A file to save to and to go on from; see <see cref="Trainer"/>. Default: none.</param>
    /// <param name="progress">Told after every step. Default: nobody.</param>
    /// <param name="cancellation">Ends the run after the step under way; the model that is returned has learnt up to there.</param>
    /// <param name="ranks">The processes that train together; see <see cref="Trainer"/>. Default: this one alone.</param>
    /// <exception cref="InvalidDataException">The values are not raw counts, or the source has no gene of the model.</exception>
    /// <exception cref="ArgumentException">An option is out of range, or there are fewer than two cells.</exception>
    public static ScBertModel Train(
        ICellSource cells, ScBertOptions? options = null, string? checkpoint = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default,
        TrainingRanks? ranks = null)
    {
        options = (options ?? new()).Validated();
        var split = HeldOut(cells, options);
        var model = Begin(cells, split.Train, options, cancellation);
        model.Module.RecomputeActivations = options.RecomputeActivations;
        var reader = new BinReader(cells, model.Genes, model.Config, options.Aliases);
        // the first weights stand for what they came from: a seed, given vectors or another model
        var identity = $"{cells.CountIdentity}, from model {ModelFingerprint.Of(model.Module, model.Genes)}";
        var task = new ScBertTask(model.Module, reader, split.Train, split.Validation, options, identity, cancellation);
        var run = Trainer.Run(task, options.Training, checkpoint, progress, cancellation, ranks);
        var (score, majority) = task.Evaluate();
        var report = new ScBertReport
        {
            Run = run,
            HeldOut = split.Validation,
            Recipe = Recipe.Of(cells),
            Model = score,
            Corpus = task.Frequencies.ScoreOfCorpus(task.HeldOut),
            Cell = task.Frequencies.ScoreOfCell(task.HeldOut),
            MajorityShare = majority,
        };
        return new ScBertModel(model.Module, model.Genes) { Recipe = report.Recipe, Report = report };
    }

    /// <summary>The model that a pretraining begins with: random weights, or a copy of a trained model's.</summary>
    /// <param name="cells">The cells that the genes are chosen by.</param>
    /// <param name="options">Sizes, genes and seed.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <remarks>What is fine-tuned where pretraining is left out.</remarks>
    internal static ScBertModel Begin(ICellSource cells, ScBertOptions options, CancellationToken cancellation) =>
        Begin(cells, HeldOut(cells, options.Validated()).Train, options, cancellation);

    private static ScBertModel Begin(ICellSource cells, int[] training, ScBertOptions options, CancellationToken cancellation)
    {
        var model = options.StartFrom?.Copy() ?? Create(options.Config, ChosenGenes.Of(cells, training, options, cancellation), options.Vectors, options.Training.Seed);
        if (options.StartFrom is not null)
        {
            manual_seed(options.Training.Seed); // of what is drawn in training
        }
        model.Module.Precision = options.Precision;
        return model;
    }

    private static Splits HeldOut(ICellSource cells, ScBertOptions options) => Splits.HeldOut(cells.CellCount, options.HeldOutShare, options.Training.Seed);
}
