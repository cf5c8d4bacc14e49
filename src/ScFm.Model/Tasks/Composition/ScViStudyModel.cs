using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Files;
using ScFm.Model.Models.ScVi;
using ScFm.Model.Training;

namespace ScFm.Model.Tasks.Composition;

/// <summary>scVI or LDVAE as a study asks it.</summary>
/// <param name="name">The name that tables and figures show.</param>
/// <param name="options">Shape and training; the seed is the study's.</param>
internal sealed class ScViStudyModel(string name, ScViOptions options) : IStudyModel
{
    /// <summary>The published LDVAE: two layers of 128, ten latent variables, dropout 0.1, negative binomial, Adam at 0.005, 250 epochs, no early stop.</summary>
    /// <remarks>Source: Nadig et al. 2025, methods, and the training script of its repository, which leaves the rest as scvi-tools' LinearSCVI has it.</remarks>
    internal static ScViOptions Published { get; } = new() { Config = ScViConfig.Linear with { Layers = 2 }, LearningRate = 5e-3, Epochs = 250 };

    public string Name => name;

    public string Settings { get; } = options.ToString();

    public string Score => FittedExpression.Score;

    public bool IsBaseline => false;

    /// <summary>Dimensions of the latent space.</summary>
    internal int Latent => options.Config.Latent;

    public IFittedModel Fit(AnnData training, int seed, string? file, IProgress<double>? progress, CancellationToken cancellation)
    {
        var weights = file is null ? null : file + ".safetensors";
        if (File.Exists(weights))
        {
            return new FittedScVi(ScViModel.Load(weights));
        }
        var checkpoint = file is null ? null : file + ".checkpoint";
        var model = ScViModel.Train(training, options with { Seed = seed }, checkpoint, progress is null ? null : new Share(progress), cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (model.Report!.Run.Failure is { } failure)
        {
            throw new InvalidOperationException($"{name} could not be trained to the end: {failure}");
        }
        if (file is not null)
        {
            AtomicFile.WriteText(file + ".recipe.json", Recipe.Of(training)!.ToJson());
            model.Save(weights!);
            File.Delete(checkpoint!);
        }
        return new FittedScVi(model);
    }

    private sealed class Share(IProgress<double> progress) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => progress.Report((double)value.Step / value.TotalSteps);
    }
}
