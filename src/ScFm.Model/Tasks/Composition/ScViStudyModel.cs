using ScFm.Model.Cells;
using ScFm.Model.Models.ScVi;
using ScFm.Model.Training;

namespace ScFm.Model.Tasks.Composition;

/// <summary>scVI or LDVAE as a study asks it.</summary>
/// <param name="name">The name that tables and figures show.</param>
/// <param name="options">Shape and training; the seed is the study's.</param>
internal sealed class ScViStudyModel(string name, ScViOptions options) : IStudyModel
{
    public string Name => name;

    public string Settings { get; } = options.ToString();

    public string Score => FittedExpression.ScoreName;

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
