using ScFm.Model.Cells;

namespace ScFm.Model.Tasks.Composition;

/// <summary>The trained models of a study: trained when first asked for, kept in files or, without a folder, in memory.</summary>
/// <param name="cells">What is trained on.</param>
/// <param name="folder">Where models are kept; null keeps them in memory.</param>
internal sealed class FittedModels(StudyCells cells, string? folder)
{
    private readonly Dictionary<(string Model, string Training, int Seed), IFittedModel> inMemory = [];

    /// <summary>A trained model.</summary>
    /// <param name="model">The kind.</param>
    /// <param name="training">The training's name.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="progress">Told the share of the training that is done.</param>
    /// <param name="cancellation">Stops the training; what was learnt is kept.</param>
    internal IFittedModel Get(IStudyModel model, string training, int seed, IProgress<double>? progress, CancellationToken cancellation)
    {
        var key = (model.Name, training, seed);
        if (inMemory.TryGetValue(key, out var known))
        {
            return known;
        }
        if (folder is not null)
        {
            inMemory.Clear(); // one at a time: the others are in files
        }
        var drawn = cells.Trainings[(training, seed)].Cells;
        return inMemory[key] = model.Fit(CellLoading.Load(drawn, cancellation), seed, FileOf(model, training, seed), progress, cancellation);
    }

    /// <summary>All that a trained model depends on, in words.</summary>
    internal string Settings(IStudyModel model, string training, int seed) => FormattableString.Invariant(
        $"{model.Settings}; cells {cells.Trainings[(training, seed)].Cells.Identity}; seed {seed}");

    private string? FileOf(IStudyModel model, string training, int seed)
    {
        if (folder is null)
        {
            return null;
        }
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, FormattableString.Invariant($"{ResultStore.FileName($"{model.Name} {training}")}-seed{seed}-{Fingerprint.Of(Settings(model, training, seed))}"));
    }
}
