using MathNet.Numerics.Distributions;
using ScFm.Model.Cells;
using ScFm.Model.Tables;

namespace ScFm.Model.Tests.Tasks.GeneModules;

/// <summary>Genes of which each of four groups goes its own way, and cells of three types of which each expresses one group more.</summary>
internal static class PlantedModules
{
    public const int Groups = 4;
    public const int GenesOfGroup = 30;
    public const int Genes = Groups * GenesOfGroup;

    private const int CellsOfType = 60;
    private static readonly string[] types = ["A", "B", "C"];

    public static string[] Names { get; } = [.. Enumerable.Range(0, Genes).Select(gene => $"G{gene}")];

    /// <summary>The group of each gene.</summary>
    public static int GroupOf(string gene) => int.Parse(gene[1..]) / GenesOfGroup;

    /// <summary>A direction a group, noise, and a large vector that all genes share, [genes, 12].</summary>
    public static DenseMatrix Vectors(double spread = 0.3)
    {
        var normal = new Normal(0, 1, new Random(2));
        var vectors = new DenseMatrix(Genes, 12);
        for (var gene = 0; gene < Genes; gene++)
        {
            for (var i = 0; i < vectors.Columns; i++)
            {
                vectors[gene, i] = (float)(20 + (i == gene / GenesOfGroup ? 2 : 0) + spread * normal.Sample());
            }
        }
        return vectors;
    }

    /// <summary>Raw counts: the genes of groups 0, 1 and 2 are higher in the cells of types A, B and C, those of group 3 alike in all.</summary>
    public static AnnData Cells()
    {
        var random = new Random(4);
        var counts = new float[types.Length * CellsOfType * Genes];
        for (var cell = 0; cell < types.Length * CellsOfType; cell++)
        {
            for (var gene = 0; gene < Genes; gene++)
            {
                counts[cell * Genes + gene] = Poisson.Sample(random, gene / GenesOfGroup == cell / CellsOfType ? 8 : 1);
            }
        }
        var obs = new Table(CategoryColumn.FromLabels("cell_type", Enumerable.Range(0, types.Length * CellsOfType).Select(cell => types[cell / CellsOfType])));
        return new AnnData(CsrMatrix.FromDense(new DenseMatrix(types.Length * CellsOfType, Genes, counts)), [.. Enumerable.Range(0, obs.RowCount).Select(cell => $"cell-{cell}")], Names, obs);
    }
}
