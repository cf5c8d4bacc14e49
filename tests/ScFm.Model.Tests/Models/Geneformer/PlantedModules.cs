using ScFm.Model.Cells;
using ScFm.Model.Tables;

namespace ScFm.Model.Tests.Models.Geneformer;

/// <summary>Cells of several kinds, each of which expresses a module of genes strongly, among genes that all express alike.</summary>
internal static class PlantedModules
{
    public const int Kinds = 4;
    public const int GenesOfModule = 8;

    private const int SharedGenes = 8;

    /// <summary>Raw counts; obs has the column kind, and the genes of a module are called M0G0 and so on.</summary>
    public static AnnData Make(int cells, int seed = 1)
    {
        var random = new Random(seed);
        string[] names = [.. Enumerable.Range(0, Kinds * GenesOfModule).Select(gene => $"M{gene / GenesOfModule}G{gene % GenesOfModule}"), .. Enumerable.Range(0, SharedGenes).Select(gene => $"S{gene}")];
        var counts = new DenseMatrix(cells, names.Length);
        var kinds = new string[cells];
        for (var cell = 0; cell < cells; cell++)
        {
            var kind = random.Next(Kinds);
            kinds[cell] = $"kind{kind}";
            for (var gene = 0; gene < names.Length; gene++)
            {
                var isOwn = gene / GenesOfModule == kind;
                var isShared = gene >= Kinds * GenesOfModule;
                counts[cell, gene] = random.NextDouble() < (isOwn ? 0.95 : isShared ? 0.5 : 0.03) ? random.Next(isOwn ? 5 : 1, isOwn ? 30 : 6) : 0;
            }
            counts[cell, kind * GenesOfModule]++; // no cell is empty
        }
        return new AnnData(CsrMatrix.FromDense(counts), [.. Enumerable.Range(0, cells).Select(i => $"cell-{i}")], names, new Table(CategoryColumn.FromLabels("kind", kinds)));
    }
}
