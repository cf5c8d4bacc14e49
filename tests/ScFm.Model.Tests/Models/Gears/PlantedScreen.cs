using ScFm.Model.Cells;
using ScFm.Model.GeneSets;
using ScFm.Model.Screens;

namespace ScFm.Model.Tests.Models.Gears;

/// <summary>Simulated cells in which perturbations of the same pathway change the same genes, so that one that was never seen can be told from its pathway alone.</summary>
internal static class PlantedScreen
{
    public const int Genes = 24;
    public const int Pathways = 3;
    public const int TargetsOfPathway = 4;
    private const int CellsOfCondition = 24;
    private const int Controls = 96;

    /// <summary>Names of the genes that are perturbed, pathway after pathway.</summary>
    public static string Target(int pathway, int number) => $"T{pathway}{number}";

    /// <summary>The pathways as gene sets.</summary>
    public static GeneSet[] Sets => [.. Enumerable.Range(0, Pathways).Select(pathway => new GeneSet($"pathway {pathway}", "", [.. Enumerable.Range(0, TargetsOfPathway).Select(number => Target(pathway, number))]))];

    /// <summary>The screen: single perturbations of all targets.</summary>
    public static PerturbationScreen Singles(int seed = 1)
    {
        var random = new Random(seed);
        Condition[] conditions = [Condition.Control, .. from pathway in Enumerable.Range(0, Pathways) from number in Enumerable.Range(0, TargetsOfPathway) select new Condition([Target(pathway, number)])];
        int[] conditionOfCell = [.. Enumerable.Repeat(0, Controls), .. Enumerable.Range(1, conditions.Length - 1).SelectMany(condition => Enumerable.Repeat(condition, CellsOfCondition))];
        var values = new DenseMatrix(conditionOfCell.Length, Genes);
        for (var cell = 0; cell < conditionOfCell.Length; cell++)
        {
            for (var gene = 0; gene < Genes; gene++)
            {
                var rate = 2 + gene % 5 + (conditionOfCell[cell] > 0 ? Effect((conditionOfCell[cell] - 1) / TargetsOfPathway, gene) : 0);
                values.Values[cell * Genes + gene] = Poisson(random, Math.Max(0.2, rate) * 5);
            }
        }
        var counts = CsrMatrix.FromDense(values);
        return new PerturbationScreen(
            new AnnData(counts, [.. conditionOfCell.Select((_, cell) => $"cell {cell}")], [.. Enumerable.Range(0, Genes).Select(gene => $"G{gene}")]), Normalisation.LogNormalise(counts),
            conditions, conditionOfCell, ["cells"], new int[conditionOfCell.Length]);
    }

    /// <summary>A pathway raises a third of the genes and lowers the next.</summary>
    private static double Effect(int pathway, int gene) => ((gene + pathway) % Pathways) switch { 0 => 3, 1 => -1.5, _ => 0 };

    private static int Poisson(Random random, double rate) => MathNet.Numerics.Distributions.Poisson.Sample(random, rate);
}
