using ScFm.Model.Cells;
using ScFm.Model.Models.ScVi;

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

    public IFittedModel Fit(AnnData training, int seed, string? file, IProgress<double>? progress, CancellationToken cancellation) => new FittedScVi(KeptModel.Of(
        name, file, ScViModel.Load, checkpoint => ScViModel.Train(training, options with { Seed = seed }, checkpoint, KeptModel.Share(progress), cancellation),
        model => model.Report!.Run, cancellation));
}
