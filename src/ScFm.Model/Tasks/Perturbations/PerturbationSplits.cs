using ScFm.Model.Cells;
using ScFm.Model.Screens;
using ScFm.Model.Training;

namespace ScFm.Model.Tasks.Perturbations;

/// <summary>Ways of telling a screen's groups apart into those to learn from and those to predict.</summary>
public static class PerturbationSplits
{
    private const long Purpose = 0x5045; // a stream of its own
    private const double ValidationShare = 0.1;
    private const int FewestToValidate = 3; // of fewer groups all are needed to learn from

    /// <summary>The usual share of the targets that are seen.</summary>
    public const double SeenShare = 0.75;

    private const double SeenShareOfValidation = 0.9;

    /// <summary>
    /// Holds out a share of the targets, and with them what they are in: single perturbations never seen, and pairs of which 0 or 1 targets were seen; and of the pairs of
    /// which both were seen a share. The groups to validate on are cut from the rest in the same way. The "simulation" split of GEARS (Roohani et al. 2024).
    /// </summary>
    /// <param name="screen">The screen.</param>
    /// <param name="seed">Draws. Default: 0.</param>
    /// <param name="seenShare">Share of the targets that are seen, above 0 and below 1, and of the pairs of seen targets. Default: 0.75, as published.</param>
    /// <exception cref="ArgumentException">The screen has too few perturbations.</exception>
    public static PerturbationSplit Simulation(PerturbationScreen screen, int seed = 0, double seenShare = SeenShare)
    {
        if (!(seenShare is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(seenShare), FormattableString.Invariant($"The share of the targets that are seen is {seenShare}; expected a number above 0 and below 1."));
        }
        var random = Seeds.For(seed, Purpose);
        int[] conditions = [.. screen.Groups.Select(group => group.Condition).Distinct()];
        var (known, test) = Cut(screen, conditions, seenShare, random);
        var (training, validation) = known.Length < FewestToValidate ? (known, []) : Cut(screen, known, SeenShareOfValidation, random);
        return Of(screen, "simulation", training.Length == 0 ? known : training, training.Length == 0 ? [] : validation, test);
    }

    /// <summary>Predicts all conditions of which a target is a part from all others.</summary>
    /// <param name="screen">The screen.</param>
    /// <param name="target">The target.</param>
    /// <param name="seed">Draws the conditions to validate on. Default: 0.</param>
    /// <exception cref="KeyNotFoundException">There is no such target.</exception>
    /// <exception cref="ArgumentException">There is no other perturbation to learn from.</exception>
    public static PerturbationSplit WithoutTarget(PerturbationScreen screen, string target, int seed = 0)
    {
        var parts = screen.Groups.Select(group => group.Condition).Distinct().ToLookup(condition => screen.Conditions[condition].Targets.Contains(target));
        if (!parts.Contains(true))
        {
            throw new KeyNotFoundException($"The screen has no perturbation of '{target}'; it has {SomeNames.Of(screen.Targets)}.");
        }
        var (training, validation) = Drawn([.. parts[false]], seed);
        return Of(screen, $"without {target}", training, validation, [.. parts[true]]);
    }

    /// <summary>Predicts the perturbed cells of a context, such as a cell type or a patient, whose control cells are known, from those of all others.</summary>
    /// <param name="screen">The screen.</param>
    /// <param name="context">The context.</param>
    /// <param name="seed">Draws the groups to validate on. Default: 0.</param>
    /// <exception cref="KeyNotFoundException">There is no such context.</exception>
    /// <exception cref="ArgumentException">There is no other context to learn from, or the context has no perturbed cells.</exception>
    public static PerturbationSplit WithoutContext(PerturbationScreen screen, string context, int seed = 0)
    {
        var place = screen.Contexts.ToList().IndexOf(context);
        if (place < 0)
        {
            throw new KeyNotFoundException($"The screen has no context '{context}'; it has {SomeNames.Of([.. screen.Contexts])}.");
        }
        var parts = screen.Groups.ToLookup(group => group.Context == place);
        var (training, validation) = Drawn<PerturbedGroup>([.. parts[false]], seed);
        return Checked(screen, new PerturbationSplit($"without {context}", training, validation, [.. parts[true]]));
    }

    /// <summary>All groups to learn from but those of a tenth of the conditions, to choose the epoch by; of fewer than three conditions none.</summary>
    /// <param name="screen">The screen.</param>
    /// <param name="seed">Draws. Default: 0.</param>
    public static (PerturbedGroup[] Training, PerturbedGroup[] Validation) Whole(PerturbationScreen screen, int seed = 0)
    {
        var (training, validation) = Drawn(screen.Groups.Select(group => group.Condition).Distinct().ToArray(), seed);
        return (GroupsOf(screen, training), GroupsOf(screen, validation));
    }

    /// <summary>The conditions that are known and those that are held out when a share of the targets is seen.</summary>
    private static (int[] Known, int[] HeldOut) Cut(PerturbationScreen screen, int[] conditions, double seenShare, Random random)
    {
        string[] targets = [.. conditions.SelectMany(condition => screen.Conditions[condition].Targets).Distinct().Order(StringComparer.Ordinal)];
        random.Shuffle(targets);
        var seen = targets.Take(Math.Min(targets.Length - 1, (int)Math.Round(targets.Length * seenShare))).ToHashSet(StringComparer.Ordinal);
        int[] known = [.. conditions.Where(condition => screen.Conditions[condition].Targets.All(seen.Contains))];
        int[] pairs = [.. known.Where(condition => screen.Conditions[condition].Targets.Count > 1)];
        random.Shuffle(pairs);
        var heldOut = pairs.Skip((int)Math.Round(pairs.Length * seenShare)).ToHashSet();
        return ([.. known.Where(condition => !heldOut.Contains(condition))], [.. conditions.Where(condition => heldOut.Contains(condition) || !known.Contains(condition))]);
    }

    private static (T[] Training, T[] Validation) Drawn<T>(T[] all, int seed)
    {
        if (all.Length < FewestToValidate)
        {
            return (all, []);
        }
        T[] shuffled = [.. all];
        Seeds.For(seed, Purpose).Shuffle(shuffled);
        var validation = shuffled.Take(Math.Max(1, (int)Math.Round(all.Length * ValidationShare))).ToHashSet();
        return ([.. all.Where(one => !validation.Contains(one))], [.. all.Where(validation.Contains)]);
    }

    private static PerturbationSplit Of(PerturbationScreen screen, string name, int[] training, int[] validation, int[] test) =>
        Checked(screen, new PerturbationSplit(name, GroupsOf(screen, training), GroupsOf(screen, validation), GroupsOf(screen, test)));

    private static PerturbedGroup[] GroupsOf(PerturbationScreen screen, int[] conditions) => [.. screen.Groups.Where(group => conditions.Contains(group.Condition))];

    private static PerturbationSplit Checked(PerturbationScreen screen, PerturbationSplit split)
    {
        if (split.Training.Length > 0 && split.Test.Length > 0)
        {
            return split;
        }
        throw new ArgumentException(screen.Groups.Count == 1
            ? $"The screen has one perturbation, {screen.NameOf(screen.Groups[0])}, and nothing else to learn from; expected another perturbation, or the same in another context."
            : $"The split '{split.Name}' has {split.Training.Length} of {screen.Groups.Count} perturbed groups to learn from and {split.Test.Length} to predict; expected at least one of each.");
    }
}
