using MathNet.Numerics.Distributions;
using ScFm.Model.Cells;
using ScFm.Model.Tables;

namespace ScFm.Model.Tests.Models.ScVi;

/// <summary>Cells whose counts come from an LDVAE that is known: three factors, a batch effect, library sizes and negative binomial noise.</summary>
internal static class PlantedCells
{
    private const int Factors = 3;
    private const double Dispersion = 4;

    /// <summary>Cells of two batches, A and B.</summary>
    /// <param name="cells">Number of cells.</param>
    /// <param name="genes">Number of genes.</param>
    /// <param name="seed">Seed of all.</param>
    /// <param name="deepEvery">Each so many-th cell is a thousand times deeper, as read counts are beside those of molecules. Default: none is.</param>
    public static AnnData Make(int cells = 300, int genes = 40, int seed = 1, int deepEvery = int.MaxValue) => MakeWithShares(cells, genes, seed, deepEvery).Cells;

    /// <summary>The loadings that cells of that seed were drawn by, [genes, factors].</summary>
    public static DenseMatrix LoadingsOf(int genes = 40, int seed = 1) => new(genes, Factors, Array.ConvertAll(Loadings(genes, new Random(seed)), value => (float)value));

    private static double[] Loadings(int genes, Random random) => [.. Enumerable.Range(0, genes * Factors).Select(_ => Normal.Sample(random, 0, 1))];

    /// <summary>The same, with the share of each gene in each cell's expression that the counts were drawn by, [cells, genes].</summary>
    public static (AnnData Cells, DenseMatrix Shares) MakeWithShares(int cells, int genes = 40, int seed = 1, int deepEvery = int.MaxValue)
    {
        var random = new Random(seed);
        double Normal() => MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1);
        var loadings = Loadings(genes, random);
        var (levels, shifts) = (Enumerable.Range(0, genes).Select(_ => Normal()).ToArray(), Enumerable.Range(0, genes).Select(_ => Normal() / 2).ToArray());
        var (counts, truth, labels) = (new DenseMatrix(cells, genes), new DenseMatrix(cells, genes), new string[cells]);
        for (var cell = 0; cell < cells; cell++)
        {
            labels[cell] = cell % 2 == 0 ? "A" : "B";
            var place = Enumerable.Range(0, Factors).Select(_ => Normal()).ToArray();
            var shares = Enumerable.Range(0, genes).Select(gene => Math.Exp(
                levels[gene] + (cell % 2) * shifts[gene] + place.Select((z, factor) => z * loadings[gene * Factors + factor]).Sum())).ToArray();
            var (sum, library) = (shares.Sum(), 200 * Math.Exp(0.4 * Normal()) * ((cell + 1) % deepEvery == 0 ? 1000 : 1));
            for (var gene = 0; gene < genes; gene++)
            {
                truth[cell, gene] = (float)(shares[gene] / sum);
                var rate = library * truth[cell, gene] * Gamma.Sample(random, Dispersion, Dispersion);
                counts[cell, gene] = rate > 1e-9 ? Poisson.Sample(random, rate) : 0;
            }
            counts[cell, 0]++; // no cell is empty
        }
        var made = new AnnData(
            CsrMatrix.FromDense(counts), [.. Enumerable.Range(0, cells).Select(i => $"cell-{i}")], [.. Enumerable.Range(0, genes).Select(i => $"GENE{i}")],
            new Table(CategoryColumn.FromLabels("lab", labels)));
        return (made, truth);
    }
}
