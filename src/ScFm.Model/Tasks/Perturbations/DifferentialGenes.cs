using ScFm.Model.Metrics;
using ScFm.Model.Screens;

namespace ScFm.Model.Tasks.Perturbations;

/// <summary>The genes whose expression a perturbation changes most clearly.</summary>
/// <remarks>
/// Ranked by the size of Welch's t between the group's cells and the control cells of its context, of log1p of counts per 10,000, whatever the direction, as GEARS ranks them
/// (Roohani et al. 2024). Genes that neither vary nor differ are left out. A perturbed gene counts as any other.
/// </remarks>
/// <param name="screen">The screen.</param>
public sealed class DifferentialGenes(PerturbationScreen screen)
{
    private readonly Dictionary<PerturbedGroup, ColumnMoments> moments = [];

    /// <summary>The genes that change most clearly, the clearest first.</summary>
    /// <param name="group">A group with cells.</param>
    /// <param name="count">How many; fewer are given where fewer differ. Default: 20.</param>
    /// <returns>Places of genes in the screen.</returns>
    public int[] Top(PerturbedGroup group, int count = PerturbationScore.TopGenes)
    {
        var (cells, control) = (Moments(group), Moments(new PerturbedGroup(0, group.Context)));
        double[] sizes = [.. Enumerable.Range(0, screen.Genes.Count).Select(gene => Math.Abs(TTest.Welch(
            (cells.Mean(gene), cells.Variance(gene), cells.Count), (control.Mean(gene), control.Variance(gene), control.Count)).Statistic))];
        return [.. Enumerable.Range(0, sizes.Length).Where(gene => !double.IsNaN(sizes[gene])).OrderByDescending(gene => sizes[gene]).Take(count)];
    }

    private ColumnMoments Moments(PerturbedGroup group)
    {
        if (!moments.TryGetValue(group, out var known))
        {
            moments[group] = known = new ColumnMoments(screen.Genes.Count);
            foreach (var cell in screen.CellsOf(group))
            {
                known.AddSparse(screen.Expression.RowIndices(cell), [.. screen.Expression.RowValues(cell).ToArray().Select(value => (double)value)]);
            }
        }
        return known;
    }
}
