using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Training;
using static TorchSharp.torch;

namespace ScFm.Model.Models.Geneformer;

public sealed partial class GeneformerModel
{
    /// <summary>Pretrains a new model, or a copy of a trained one further, by predicting hidden genes.</summary>
    /// <param name="cells">Cells with raw counts, of any source; they are read as they are needed.</param>
    /// <param name="options">Sizes, genes, masks and training. Default: the published sizes.</param>
    /// <param name="checkpoint">A file to save to and to go on from; see <see cref="Trainer"/>. Default: none.</param>
    /// <param name="progress">Told after every step. Default: nobody.</param>
    /// <param name="cancellation">Ends the run after the step under way; the model that is returned has learnt up to there.</param>
    /// <param name="ranks">The processes that train together; see <see cref="Trainer"/>. Default: this one alone.</param>
    /// <exception cref="InvalidDataException">The values are not raw counts, or the source or a cell has no gene of the model.</exception>
    /// <exception cref="ArgumentException">An option is out of range, or there are fewer than two cells.</exception>
    public static GeneformerModel Train(
        ICellSource cells, GeneformerOptions? options = null, string? checkpoint = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default,
        TrainingRanks? ranks = null)
    {
        options = (options ?? new()).Validated();
        var seed = options.Training.Seed;
        var split = Splits.HeldOut(cells.CellCount, options.HeldOutShare, seed);
        var genes = options.StartFrom?.Genes ?? options.Genes ?? GeneformerGenes.FromCells(cells, split.Train, Math.Min(options.LeastCells, split.Train.Length), cancellation);
        var module = Create(options.StartFrom?.Config ?? options.Config, genes, seed).Module;
        module.Precision = options.Precision;
        if (options.StartFrom is { } start)
        {
            module.load_state_dict(start.Module.state_dict());
        }
        var identity = $"{cells.CountIdentity}, genes and medians {Fingerprint.Of(hash => hash.Add([.. genes.Vocabulary.Names]).Add(genes.MedianSpan))}{(options.StartFrom is { } from ? $", from model {ModelFingerprint.Of(from.Module, genes.Vocabulary)}" : "")}";
        var reader = new RankReader(cells, genes, module.Config.MaxLength, options.Aliases);
        var task = new GeneformerTask(module, reader, split.Train, split.Validation, options, identity, cancellation);
        var run = Trainer.Run(task, options.Training, checkpoint, progress, cancellation, ranks);
        var report = new GeneformerReport
        {
            Run = run,
            HeldOut = split.Validation,
            Model = task.Evaluate(),
            Unigram = task.Frequencies.Unigram(task.HeldOut),
            RankUnigram = task.Frequencies.AtRank(task.HeldOut),
            Recipe = Recipe.Of(cells),
        };
        return new GeneformerModel(module, genes) { Recipe = report.Recipe, Report = report };
    }
}
