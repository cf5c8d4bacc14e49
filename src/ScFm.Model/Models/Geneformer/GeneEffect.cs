using ScFm.Model.Metrics;

namespace ScFm.Model.Models.Geneformer;

/// <summary>How far a perturbed gene moves cells.</summary>
/// <param name="Gene">The gene.</param>
/// <param name="Shift">1 less the cosine of the cell's vectors before and after, over the perturbed cells: 0 moves nothing, 2 most.</param>
/// <param name="Null">The same for a random gene of about the same rank in each of these cells.</param>
/// <param name="Excess">The difference of both, cell by cell; the gene does more than its rank says where the interval lies above 0.</param>
public sealed record GeneEffect(string Gene, MeanInterval Shift, MeanInterval Null, MeanInterval Excess)
{
    /// <summary>Number of cells in which the gene was perturbed.</summary>
    public int Cells => Shift.Count;
}
