using ScFm.Model.Tables;

namespace ScFm.Model.Models.Geneformer;

/// <summary>The effects of perturbed genes, those that exceed their null most first; genes that no cell expresses last.</summary>
/// <param name="Kind">What was done to the genes.</param>
/// <param name="Effects">One a gene.</param>
public sealed record PerturbationEffects(Perturbation Kind, IReadOnlyList<GeneEffect> Effects)
{
    /// <summary>One row a gene: cells, mean shifts with half their 95% intervals.</summary>
    public Table ToTable() => new(
        new TextColumn("gene", [.. Effects.Select(effect => effect.Gene)]),
        new IntegerColumn("cells", [.. Effects.Select(effect => (long)effect.Cells)]),
        new NumberColumn("shift", [.. Effects.Select(effect => effect.Shift.Mean)], "G3"),
        new NumberColumn("shift ±", [.. Effects.Select(effect => effect.Shift.HalfWidth)], "G2"),
        new NumberColumn("random gene", [.. Effects.Select(effect => effect.Null.Mean)], "G3"),
        new NumberColumn("excess", [.. Effects.Select(effect => effect.Excess.Mean)], "G3"),
        new NumberColumn("excess ±", [.. Effects.Select(effect => effect.Excess.HalfWidth)], "G2"));
}
