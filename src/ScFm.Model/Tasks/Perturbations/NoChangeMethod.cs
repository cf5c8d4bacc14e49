using ScFm.Model.Screens;

namespace ScFm.Model.Tasks.Perturbations;

/// <summary>Predicts that nothing happens: the mean of the context's control cells. What any model must beat to have learnt that perturbations do something.</summary>
public sealed class NoChangeMethod : EffectMethod
{
    /// <inheritdoc/>
    public override string Name => "no change";

    private protected override Func<PerturbedGroup, double[]> Learn(PerturbationScreen screen, PerturbationSplit split) => _ => new double[screen.Genes.Count];
}
