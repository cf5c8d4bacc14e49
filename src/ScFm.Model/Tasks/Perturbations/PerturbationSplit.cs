using ScFm.Model.Screens;

namespace ScFm.Model.Tasks.Perturbations;

/// <summary>Which groups of a screen are learnt from and which are predicted. Control cells of every context are known to all methods.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Training">Perturbed groups to learn from.</param>
/// <param name="Validation">Perturbed groups to stop early by; may be none.</param>
/// <param name="Test">Perturbed groups to predict; a method never sees their cells.</param>
public sealed record PerturbationSplit(string Name, PerturbedGroup[] Training, PerturbedGroup[] Validation, PerturbedGroup[] Test)
{
    /// <summary>What kind of question a tested group is.</summary>
    /// <param name="screen">The screen.</param>
    /// <param name="group">A group that is predicted.</param>
    /// <remarks>Groups to validate on count as known: methods that average and add learn from them, while GEARS chooses its epoch by them.</remarks>
    /// <returns>"new context" where the condition is known from another one; otherwise "unseen single", or for several targets how many of them are known from other conditions, such as "1/2 seen".</returns>
    public string KindOf(PerturbationScreen screen, PerturbedGroup group)
    {
        PerturbedGroup[] known = [.. Training, .. Validation];
        var targets = screen.Conditions[group.Condition].Targets;
        if (known.Any(other => other.Condition == group.Condition))
        {
            return "new context";
        }
        if (targets.Count == 1)
        {
            return "unseen single";
        }
        var seen = known.SelectMany(other => screen.Conditions[other.Condition].Targets).ToHashSet(StringComparer.Ordinal);
        return $"{targets.Count(seen.Contains)}/{targets.Count} seen";
    }

    /// <summary>Changes with any group.</summary>
    internal string Identity => Cells.Fingerprint.Of(hash =>
    {
        foreach (var part in new[] { Training, Validation, Test })
        {
            hash.Add<int>([.. part.SelectMany(group => (int[])[group.Condition, group.Context])]).Add("");
        }
    });
}
