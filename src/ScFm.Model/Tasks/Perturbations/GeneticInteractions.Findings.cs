namespace ScFm.Model.Tasks.Perturbations;

public sealed partial record GeneticInteractions
{
    /// <summary>What the numbers say, a sentence a method.</summary>
    public IEnumerable<string> Findings() => Methods.Select(Finding);

    private string Finding(string method)
    {
        var (relation, pairs, count) = (Agreement(method), Of(method).Length, Count(method));
        if (double.IsNaN(relation))
        {
            return $"Interactions of {pairs} unseen pairs: {method} predicts the same magnitude of all.";
        }
        var (synergies, suppressions, byChance) = (Found(method, synergy: true), Found(method, synergy: false), (double)count * count / pairs);
        return FormattableString.Invariant(
            $"Interactions of {pairs} unseen pairs: the magnitudes that {method} predicts go with the measured ones with a correlation of {relation:F2}; of the {count} strongest synergies it has {synergies}, of the {count} strongest suppressions {suppressions} (by chance {byChance:F1}).");
    }
}
