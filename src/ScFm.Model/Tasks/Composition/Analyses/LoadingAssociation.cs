using ScFm.Model.Cells;
using ScFm.Model.Metrics;
using ScFm.Model.Tables;

namespace ScFm.Model.Tasks.Composition;

/// <summary>Whether a dimension of a latent space stands for a cell type: its loadings against the type's mean expression.</summary>
/// <remarks>
/// The study by Nadig et al. (2025) names a dimension whose loadings go with the expression of neurons (Pearson's r = .24). It does not say in which scale;
/// here it is log(1 + mean counts per 10,000), and the rank correlation beside it does not depend on that.
/// </remarks>
/// <param name="Dimension">The dimension, from 0.</param>
/// <param name="Pearson">Over genes, of loading and log expression.</param>
/// <param name="Spearman">Over genes, of their ranks.</param>
public sealed record LoadingAssociation(int Dimension, Correlation Pearson, Correlation Spearman)
{
    /// <summary>Compares every dimension with the expression of some cells, over the genes that both know.</summary>
    /// <param name="loadings">One row a gene, one column a dimension.</param>
    /// <param name="loadingGenes">Names of the rows.</param>
    /// <param name="means">One mean expression a gene, in counts per 10,000, as <see cref="GeneExpression.Means"/> gives it.</param>
    /// <param name="meanGenes">Names of the means.</param>
    /// <exception cref="ArgumentException">Lengths differ, or fewer than three genes are known to both.</exception>
    public static IReadOnlyList<LoadingAssociation> Of(
        DenseMatrix loadings, IReadOnlyList<string> loadingGenes, IReadOnlyList<double> means, IReadOnlyList<string> meanGenes)
    {
        if (loadingGenes.Count != loadings.Rows || meanGenes.Count != means.Count)
        {
            throw new ArgumentException(
                $"There are {loadings.Rows} loadings with {loadingGenes.Count} names, and {means.Count} means with {meanGenes.Count}; expected one name each.");
        }
        var place = new Dictionary<string, int>();
        for (var i = 0; i < meanGenes.Count; i++)
        {
            place.TryAdd(meanGenes[i], i);
        }
        int[] common = [.. Enumerable.Range(0, loadings.Rows).Where(row => place.ContainsKey(loadingGenes[row]))];
        if (common.Length < 3)
        {
            throw new ArgumentException($"Loadings and expression have {common.Length} genes in common, such as '{loadingGenes.FirstOrDefault()}' and '{meanGenes.FirstOrDefault()}'; expected 3 or more.");
        }
        var expression = Array.ConvertAll(common, row => Math.Log(1 + means[place[loadingGenes[row]]]));
        return
        [
            .. Enumerable.Range(0, loadings.Columns).Select(dimension =>
            {
                var loading = Array.ConvertAll(common, row => (double)loadings[row, dimension]);
                return new LoadingAssociation(dimension, Correlation.Pearson<double>(loading, expression), Correlation.Spearman<double>(loading, expression));
            }),
        ];
    }

    /// <summary>One row a dimension: its correlations, P-values and the rate of false discoveries by Pearson's.</summary>
    public static Table ToTable(IReadOnlyList<LoadingAssociation> associations)
    {
        double[] p = [.. associations.Select(one => one.Pearson.PValue)];
        return new Table(
            new IntegerColumn("dimension", [.. associations.Select(one => (long)one.Dimension)]),
            new NumberColumn("pearson", [.. associations.Select(one => one.Pearson.Coefficient)], "F3"),
            new NumberColumn("p_value", p, "G3"),
            new NumberColumn("q_value", FalseDiscovery.BenjaminiHochberg(p), "G3"),
            new NumberColumn("spearman", [.. associations.Select(one => one.Spearman.Coefficient)], "F3"),
            new NumberColumn("spearman_p_value", [.. associations.Select(one => one.Spearman.PValue)], "G3"));
    }
}
