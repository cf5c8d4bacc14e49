using ScFm.Model.Screens;

namespace ScFm.Model.Tasks.Perturbations;

/// <summary>Which perturbations of a screen are predicted from which.</summary>
/// <param name="About">The splits in words.</param>
/// <param name="Splits">The splits of a seed.</param>
public sealed record PerturbationPlan(string About, Func<int, IReadOnlyList<PerturbationSplit>> Splits)
{
    /// <summary>The known simple methods, which any other has to beat.</summary>
    public static IReadOnlyList<IPerturbationMethod> Baselines => [new NoChangeMethod(), new MeanEffectMethod(), new AdditiveMethod(), new LinearMethod()];

    /// <summary>The splits that a word names.</summary>
    /// <param name="screen">The screen.</param>
    /// <param name="split">simulation, targets or contexts. Default: contexts where there are several, simulation where several targets were perturbed at once, else targets.</param>
    /// <param name="leaveOut">Targets or contexts to leave out. Default: each.</param>
    /// <exception cref="ArgumentException">There is no such split, it leaves nothing out by name, or the screen has too little for it.</exception>
    /// <exception cref="KeyNotFoundException">There is no such target or context.</exception>
    public static PerturbationPlan Of(PerturbationScreen screen, string? split = null, IReadOnlyList<string>? leaveOut = null)
    {
        split ??= screen.Contexts.Count > 1 ? "contexts" : screen.Conditions.Any(condition => condition.Targets.Count > 1) && leaveOut is null ? "simulation" : "targets";
        return split switch
        {
            "simulation" when leaveOut is null => new(
                "a quarter of the targets is never seen, and a quarter of the pairs of which both are; drawn anew for each seed, as GEARS draws its simulation split", seed => [PerturbationSplits.Simulation(screen, seed)]),
            "targets" => new(
                "every target left out in turn with all that it is in, and predicted from the others", seed => [.. (leaveOut ?? screen.Targets).Select(target => PerturbationSplits.WithoutTarget(screen, target, seed))]),
            "contexts" => new(
                "the perturbed cells of every context left out in turn, and predicted from those of the others and from its control cells", seed => [.. (leaveOut ?? screen.Contexts).Select(context => PerturbationSplits.WithoutContext(screen, context, seed))]),
            "simulation" => throw new ArgumentException("The split 'simulation' draws what it leaves out; expected 'targets' or 'contexts' where targets or contexts are named."),
            _ => throw new ArgumentException($"There is no split '{split}'; expected simulation, targets or contexts."),
        };
    }
}
