using ScFm.Model.Screens;

namespace ScFm.Model.Tasks.Perturbations;

/// <summary>How the groups of a split that are known differ from the control cells of their contexts.</summary>
/// <param name="screen">The screen.</param>
/// <param name="split">The split; its groups to train and to validate on are known.</param>
internal sealed class KnownEffects(PerturbationScreen screen, PerturbationSplit split)
{
    /// <summary>The groups that are known, in the screen's order, so that sums do not depend on which of them are validated on.</summary>
    internal PerturbedGroup[] Groups { get; } = [.. screen.Groups.Where(new HashSet<PerturbedGroup>([.. split.Training, .. split.Validation]).Contains)];

    /// <summary>The mean change of all known conditions, in the context where some are known there, [genes].</summary>
    internal double[] Mean(int context) => Average(InContext(Groups, context));

    /// <summary>The mean change of the known conditions of one target, or of all where there is none, in the context where some are known there, [genes].</summary>
    internal double[] MeanOfSingles(int context) =>
        Groups.Where(group => screen.Conditions[group.Condition].Targets.Count == 1).ToArray() is { Length: > 0 } singles ? Average(InContext(singles, context)) : Mean(context);

    /// <summary>The mean change of one known condition, in the context where it is known there; null where it is not known.</summary>
    internal double[]? Of(Condition condition, int context) =>
        Groups.Where(group => screen.Conditions[group.Condition].Equals(condition)).ToArray() is { Length: > 0 } known ? Average(InContext(known, context)) : null;

    private static PerturbedGroup[] InContext(PerturbedGroup[] groups, int context) => groups.Where(group => group.Context == context).ToArray() is { Length: > 0 } own ? own : groups;

    // Every group counts alike, however many cells it has.
    private double[] Average(PerturbedGroup[] groups)
    {
        var mean = new double[screen.Genes.Count];
        foreach (var group in groups)
        {
            var change = screen.Change(group);
            for (var gene = 0; gene < mean.Length; gene++)
            {
                mean[gene] += change[gene] / groups.Length;
            }
        }
        return mean;
    }
}
