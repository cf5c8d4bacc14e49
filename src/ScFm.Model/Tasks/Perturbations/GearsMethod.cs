using System.Text.Json;
using ScFm.Model.Cells;
using ScFm.Model.GeneSets;
using ScFm.Model.Models;
using ScFm.Model.Models.Gears;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Screens;
using ScFm.Model.Training;

namespace ScFm.Model.Tasks.Perturbations;

/// <summary>A GEARS that is trained on the split's groups; with a foundation model, each cell's genes have the vectors of its decoder.</summary>
/// <param name="options">How it is trained; the seed is the study's.</param>
/// <param name="sets">Gene sets that make perturbations alike. Default: none.</param>
/// <param name="foundation">The foundation model; a copy is taken where it is tuned. Default: none.</param>
/// <param name="progress">Told after every step. Default: nobody.</param>
public sealed class GearsMethod(
    GearsOptions options, IReadOnlyList<GeneSet>? sets = null, ScFoundationModel? foundation = null, IProgress<TrainingProgress>? progress = null) : IPerturbationMethod
{
    /// <inheritdoc/>
    public string Name => foundation is null ? "GEARS" : "GEARS + scFoundation";

    /// <inheritdoc/>
    public string Settings { get; } = string.Join(", ",
    [
        $"GEARS {JsonSerializer.Serialize(options)}",
        sets is null ? "no gene sets" : $"gene sets {Digits(sets)}",
        foundation is null ? "learnt genes" : $"scFoundation {ModelFingerprint.Of(foundation.Module, foundation.Vocabulary)}",
    ]);

    /// <inheritdoc/>
    public IReadOnlyList<string> Remarks => sets is null ? [$"{Name} has no gene sets: nothing tells it how an unseen target is like another."] : [];

    /// <inheritdoc/>
    public string SettingsFor(PerturbationScreen screen) => foundation is null || screen.Depths is not null ? Settings : $"{Settings}, {ScFoundationFeatures.OwnDepth}";

    /// <inheritdoc/>
    public IReadOnlyList<PerturbationPrediction> Predict(PerturbationScreen screen, PerturbationSplit split, int seed, CancellationToken cancellation)
    {
        var model = GearsModel.Train(screen, split.Training, split.Validation, options with { Seed = seed }, sets, Copy(), progress: progress, cancellation: cancellation);
        cancellation.ThrowIfCancellationRequested();
        model.Run!.WithoutFailure(Name);
        return model.Predict(screen, split.Test, options.PredictedCells, seed, cancellation);
    }

    private static string Digits(IReadOnlyList<GeneSet> sets) => Fingerprint.Of(hash =>
    {
        foreach (var set in sets)
        {
            hash.Add(set.Name).Add([.. set.Genes]);
        }
    });

    private ScFoundationModel? Copy()
    {
        if (foundation is null || !options.TunesFoundation)
        {
            return foundation;
        }
        var copy = ScFoundationModel.Create(foundation.Config, foundation.Vocabulary);
        copy.Module.load_state_dict(foundation.Module.state_dict());
        return copy;
    }
}
