using ScFm.Model.Screens;

namespace ScFm.Model.Tasks.Perturbations;

/// <summary>A method that predicts a mean only: that of the context's control cells, and how a perturbation changes it.</summary>
public abstract class EffectMethod : IPerturbationMethod
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public virtual bool IsBaseline => true;

    /// <inheritdoc/>
    public virtual string Settings => Name;

    /// <inheritdoc/>
    public IReadOnlyList<PerturbationPrediction> Predict(PerturbationScreen screen, PerturbationSplit split, int seed, CancellationToken cancellation)
    {
        var effect = Learn(screen, split);
        return
        [
            .. split.Test.Select(group =>
            {
                cancellation.ThrowIfCancellationRequested();
                return new PerturbationPrediction([.. screen.ControlMean(group.Context).Zip(effect(group), (control, change) => (float)(control + change))]);
            }),
        ];
    }

    /// <summary>Learns how a perturbation changes the mean expression of a context's cells, [genes].</summary>
    private protected abstract Func<PerturbedGroup, double[]> Learn(PerturbationScreen screen, PerturbationSplit split);
}
