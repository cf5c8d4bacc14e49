namespace ScFm.Model.Screens;

/// <summary>What was done to a cell: the names of all that was perturbed at once; none for a control cell.</summary>
public sealed class Condition : IEquatable<Condition>
{
    /// <summary>Nothing was perturbed.</summary>
    public static Condition Control { get; } = new([]);

    /// <summary>Names what was perturbed.</summary>
    /// <param name="targets">Names of genes, or of a drug or stimulus; their order does not matter.</param>
    /// <exception cref="ArgumentException">A name is empty or comes twice.</exception>
    public Condition(IEnumerable<string> targets)
    {
        Targets = [.. targets.Order(StringComparer.Ordinal)];
        if (Targets.Any(string.IsNullOrWhiteSpace) || Targets.Distinct(StringComparer.Ordinal).Count() < Targets.Count)
        {
            throw new ArgumentException($"A perturbation of '{string.Join("', '", Targets)}'; expected names that are not empty, each once.", nameof(targets));
        }
    }

    /// <summary>All that was perturbed, in alphabetical order.</summary>
    public IReadOnlyList<string> Targets { get; }

    /// <summary>Whether nothing was perturbed.</summary>
    public bool IsControl => Targets.Count == 0;

    /// <summary>The names joined by a plus sign, such as "CEBPE+ETS2"; "control" where nothing was perturbed.</summary>
    public override string ToString() => IsControl ? "control" : string.Join('+', Targets);

    /// <inheritdoc/>
    public bool Equals(Condition? other) => other is not null && Targets.SequenceEqual(other.Targets, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? other) => Equals(other as Condition);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);
}
