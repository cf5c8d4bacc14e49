using ScFm.Model.Screens;

namespace ScFm.Model.Tasks.Perturbations;

/// <summary>Predicts the same of every perturbation: the mean change of all known ones, of those in the same context where there are some. What any model must beat to have learnt what one perturbation does.</summary>
public sealed class MeanEffectMethod : EffectMethod
{
    /// <inheritdoc/>
    public override string Name => "mean of perturbations";

    private protected override Func<PerturbedGroup, double[]> Learn(PerturbationScreen screen, PerturbationSplit split)
    {
        var known = new KnownEffects(screen, split);
        return group => known.Mean(group.Context);
    }
}
