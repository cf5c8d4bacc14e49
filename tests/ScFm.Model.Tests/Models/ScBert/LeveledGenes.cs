using ScFm.Model.Cells;
using ScFm.Model.Tables;

namespace ScFm.Model.Tests.Models.ScBert;

/// <summary>Cells of three kinds over genes of which each has its own level, which the kind moves for some: who knows the gene and sees the rest knows the bin.</summary>
internal static class LeveledGenes
{
    public const int Kinds = 3;

    private const int Genes = 36;

    /// <summary>Raw counts; obs has the column kind.</summary>
    public static AnnData Make(int cells, int seed = 1)
    {
        var random = new Random(seed);
        int[] levels = [2, 5, 12, 30];
        var counts = new DenseMatrix(cells, Genes);
        var kinds = new int[cells];
        for (var cell = 0; cell < cells; cell++)
        {
            kinds[cell] = random.Next(Kinds);
            for (var gene = 0; gene < Genes; gene++)
            {
                var level = levels[(gene + (gene % 3 == kinds[cell] ? 2 : 0)) % levels.Length];
                counts[cell, gene] = random.NextDouble() < 0.7 ? level : 0;
            }
            counts[cell, cell % Genes]++; // no cell is empty
        }
        // a gene that no model sees makes up for the depth, so that the levels fall into bins 1 to 4
        var all = new DenseMatrix(cells, Genes + 1);
        for (var cell = 0; cell < cells; cell++)
        {
            counts.Row(cell).CopyTo(all.Row(cell));
            all[cell, Genes] = 10_000 - counts.Row(cell).ToArray().Sum();
        }
        return new AnnData(
            CsrMatrix.FromDense(all), [.. Enumerable.Range(0, cells).Select(i => $"cell-{i}")], [.. Enumerable.Range(0, Genes).Select(i => $"G{i}"), "REST"],
            new Table(CategoryColumn.FromLabels("kind", kinds.Select(kind => $"kind{kind}"))));
    }
}
