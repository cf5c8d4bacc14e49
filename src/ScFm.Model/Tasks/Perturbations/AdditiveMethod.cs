using ScFm.Model.Screens;

namespace ScFm.Model.Tasks.Perturbations;

/// <summary>Predicts of several targets the sum of what each does alone; of a target whose single perturbation is not known, the mean change of those that are, or of all perturbations where none is. What any model must beat to have learnt an interaction.</summary>
/// <remarks>A condition that is known from another context does there what it did here. Source: Ahlmann-Eltze, Huber and Anders, Nature Methods (2025).</remarks>
public sealed class AdditiveMethod : EffectMethod
{
    /// <inheritdoc/>
    public override string Name => "additive";

    /// <inheritdoc/>
    public override string Settings => "additive, of an unknown target the mean of the known singles";

    private protected override Func<PerturbedGroup, double[]> Learn(PerturbationScreen screen, PerturbationSplit split)
    {
        var known = new KnownEffects(screen, split);
        return group =>
        {
            var condition = screen.Conditions[group.Condition];
            return known.Of(condition, group.Context) ?? condition.Targets.Select(target => known.Of(new Condition([target]), group.Context) ?? known.MeanOfSingles(group.Context))
                .Aggregate((sum, effect) => [.. sum.Zip(effect, (one, other) => one + other)]);
        };
    }
}
