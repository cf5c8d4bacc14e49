using ScFm.Model.Screens;

namespace ScFm.Model.Tasks.Perturbations;

/// <summary>A way to predict how cells express genes after a perturbation.</summary>
public interface IPerturbationMethod : IComparedMethod
{
    /// <summary>The settings as a screen makes them: with what the method does only of one that lacks something. Default: the settings.</summary>
    /// <param name="screen">The screen.</param>
    string SettingsFor(PerturbationScreen screen) => Settings;

    /// <summary>What a reader of its scores should know, one sentence each. Default: nothing.</summary>
    IReadOnlyList<string> Remarks => [];

    /// <summary>Learns from the split's groups to train and to validate on and from all control cells, and predicts the groups that are scored, whose cells it never looks at.</summary>
    /// <param name="screen">The cells.</param>
    /// <param name="split">Which groups are for what.</param>
    /// <param name="seed">Seed of everything random.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>One prediction for each group of the split's test part, in its order.</returns>
    IReadOnlyList<PerturbationPrediction> Predict(PerturbationScreen screen, PerturbationSplit split, int seed, CancellationToken cancellation);
}
