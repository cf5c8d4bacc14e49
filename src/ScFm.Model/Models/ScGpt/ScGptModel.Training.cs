using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Models.ScVi;
using ScFm.Model.Training;

namespace ScFm.Model.Models.ScGpt;

public sealed partial class ScGptModel
{
    /// <summary>Pretrains a new model, or trains a copy of a trained one further, by predicting hidden values; with batches it integrates them.</summary>
    /// <param name="cells">Cells with raw counts, of any source; they are read as they are needed.</param>
    /// <param name="options">Shape, genes, objective and training. Default: the published shape.</param>
    /// <param name="checkpoint">A file to save to and to go on from; see <see cref="Trainer"/>. Default: none.</param>
    /// <param name="progress">Told after every step. Default: nobody.</param>
    /// <param name="cancellation">Ends the run after the step under way; the model that is returned has learnt up to there.</param>
    /// <param name="ranks">The processes that train together; see <see cref="Trainer"/>. Default: this one alone.</param>
    /// <exception cref="InvalidDataException">The values are not raw counts, the source or all cells of a part have no gene of the model, or a cell no batch.</exception>
    /// <exception cref="KeyNotFoundException">There is no such column of batches.</exception>
    /// <exception cref="ArgumentException">An option is out of range, or there are fewer than two cells.</exception>
    public static ScGptModel Train(
        ICellSource cells, ScGptOptions? options = null, string? checkpoint = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default,
        TrainingRanks? ranks = null)
    {
        options = (options ?? new()).Validated();
        var seed = options.Training.Seed;
        var split = Splits.HeldOut(cells.CellCount, options.HeldOutShare, seed);
        var batches = CellBatches.Of(cells, options.BatchColumn);
        var trained = Corpus.Of(cells).Choose(split.Train, "to train on"); // genes are chosen without the cells held out
        var start = options.VariableGenes is { } count ? options.StartFrom?.WithVariableGenes(trained, count, options.Aliases, cancellation) : options.StartFrom;
        var model = start?.WithHeads(start.SizesWithHeadsOf(options.Config), [], batches, seed)
            ?? Create(options.Config, options.Vocabulary ?? VocabularyOf(trained, options.VariableGenes, options.LeastCells, cancellation), [], batches, seed);
        model.Module.Precision = options.Precision;

        long[]? codes = options.Config.WantsBatches ? batches.CodesOf(cells) : null;
        var reader = new ScGptReader(cells, model.Vocabulary, model.Config, options.Aliases);
        ScGptExamples Examples(int[] which) => new(reader, which, null, codes is null ? null : Array.ConvertAll(which, cell => codes[cell]));
        var identity = $"{cells.CountIdentity}, {model.Beginnings(options.StartFrom)}, batches {Fingerprint.Of(hash => hash.Add<long>(codes ?? []))}";
        var means = new BinMeans(model.Vocabulary.Count);
        var task = new ScGptTask(model.Module, Examples(split.Train), Examples(split.Validation), options.Objective, seed, identity, cancellation, means);
        var run = Trainer.Run(task, options.Training, checkpoint, progress, cancellation, ranks);
        var report = new ScGptReport
        {
            Run = run,
            Parameters = model.Module.parameters().Sum(parameter => parameter.numel()),
            HeldOut = split.Validation,
            Recipe = Recipe.Of(cells),
            Error = task.ValueError(),
            GeneMeanError = means.ErrorOfGenes(task.HeldOut),
            MeanError = means.ErrorOfMean(task.HeldOut),
        };
        return new ScGptModel(model) { Recipe = report.Recipe, Report = report };
    }

    /// <summary>What a checkpoint must have begun with: the genes, and the weights where they are another model's.</summary>
    private string Beginnings(ScGptModel? from) =>
        $"genes {Fingerprint.Of(hash => hash.Add([.. Vocabulary.Names]))}{(from is null ? "" : $", from model {ModelFingerprint.Of(from.Module, from.Vocabulary.Genes)}")}";
}
