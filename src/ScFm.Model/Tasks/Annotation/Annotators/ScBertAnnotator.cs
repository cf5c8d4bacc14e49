using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Models.ScBert;
using ScFm.Model.Training;

namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>Pretrains an scBERT on cells without labels, those it is given or the labelled ones, and fine-tunes it.</summary>
/// <remarks>Source: scBERT (Yang et al. 2022); the ablations are those of Boiarsky et al. 2023.</remarks>
public sealed class ScBertAnnotator : IAnnotator
{
    private readonly ScBertAnnotatorOptions options;

    /// <summary>Makes the annotator.</summary>
    /// <param name="options">Sizes, ablations and training. Default: as <see cref="ScBertAnnotatorOptions"/> says.</param>
    /// <exception cref="ArgumentException">An option is out of range, or two exclude each other.</exception>
    public ScBertAnnotator(ScBertAnnotatorOptions? options = null)
    {
        this.options = (options ?? new()).Validated();
    }

    /// <inheritdoc/>
    public string Name => string.Join(", ", new[]
    {
        "scBERT", StartingModels.Words(options.Pretrains, options.Pretraining.StartFrom is not null), options.TellsGenesApart ? null : "no gene vectors",
    }.OfType<string>());

    /// <inheritdoc/>
    public string Settings => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"{options.Pretraining}, of {StartIdentity}, genes {GenesIdentity}, pretrained {options.Pretrains}, genes told apart {options.TellsGenesApart}, {options.Tuning}");

    /// <inheritdoc/>
    public ICellClassifier Fit(LabelledCells cells, ICellSource? unlabelled, int seed, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        TypeCounts.Of(cells); // refuses what cannot be learnt before anything is pretrained
        var (pretraining, source) = (Seeded(seed), unlabelled ?? cells.Cells);
        var pretrained = options.Pretrains ? Pretrain(source, pretraining, progress, cancellation) : null;
        var model = pretrained?.Model ?? ScBertModel.Begin(source, pretraining, cancellation);
        try
        {
            var tuning = options.Tuning with { Training = options.Tuning.Training with { Seed = seed }, Aliases = options.Tuning.Aliases ?? options.Pretraining.Aliases };
            var classifier = ScBertClassifier.FineTune(model, cells, tuning, progress: progress, cancellation: cancellation);
            if (cancellation.IsCancellationRequested) // a part of a training is nothing to compare
            {
                classifier.Dispose();
                cancellation.ThrowIfCancellationRequested();
            }
            if (pretrained is not null)
            {
                var learnt = model.Module.parameters().Where(parameter => parameter.requires_grad).Concat(classifier.Module.Head.parameters()).Sum(parameter => parameter.numel());
                classifier.Fit = pretrained.With(classifier.Fit, learnt);
            }
            return classifier;
        }
        finally
        {
            model.Module.Dispose();
        }
    }

    private StartingModel<ScBertModel> Pretrain(ICellSource source, ScBertOptions pretraining, IProgress<TrainingProgress>? progress, CancellationToken cancellation) => StartingModels.Pretrained(
        "scBERT", options.Folder, $"{pretraining}, of {StartIdentity}, genes {GenesIdentity}, cells {source.CountIdentity}", ScBertModel.Load,
        checkpoint =>
        {
            var model = ScBertModel.Train(source, pretraining, checkpoint, progress, cancellation);
            return (model, model.Report!.Run, FormattableString.Invariant($"Pretrained on {source.CellCount} cells in {model.Report.Run.Steps} steps: {model.Report.Summary}."));
        },
        cancellation);

    private string StartIdentity => options.Pretraining.StartFrom is { } start ? Models.ModelFingerprint.Of(start.Module, start.Genes) : "random weights";

    private string GenesIdentity => options.Pretraining.Genes is { } genes ? Fingerprint.Of(hash => hash.Add([.. genes.Names]).Add([.. genes.Ids ?? []])) : "of the cells";

    private ScBertOptions Seeded(int seed)
    {
        var seeded = options.Pretraining with { Training = options.Pretraining.Training with { Seed = seed } };
        return options.TellsGenesApart ? seeded : seeded with { Vectors = null, Config = seeded.Config with { GeneVectors = GeneVectorKind.None } };
    }
}
