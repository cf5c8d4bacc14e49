using MathNet.Numerics.Distributions;
using ScFm.Model.Cells;
using ScFm.Model.Tables;
using ScFm.Model.Training;

namespace ScFm.Model.Screens;

/// <summary>A screen of single and double perturbations whose interactions are known, to learn and to test with; none of it was measured.</summary>
/// <remarks>
/// Twelve targets stand in four pathways, A to D. A target moves the genes of its pathway, each up or down, some of its own, and is itself lowered; genes of a pathway also vary
/// together in cells that nobody perturbed. Two targets of one pathway suppress each other, one of A and one of B act in synergy, one of C masks one of D, and all others add up: so the
/// interaction of a pair that was never seen can be learnt from other pairs of the same pathways.
/// </remarks>
/// <param name="Cells">Raw counts; obs has the column perturbation with labels such as "ctrl", "A1+ctrl" and "A1+B2".</param>
/// <param name="Interactions">How the targets of each pair act together.</param>
public sealed record SimulatedPerturbations(AnnData Cells, IReadOnlyDictionary<Condition, PlantedInteraction> Interactions)
{
    private const string Pathways = "ABCD";
    private const int TargetsOfPathway = 3;
    private const int GenesOfPathway = 12;
    private const int OwnGenes = 2; // of a target
    private const double Synergy = 1.8; // of the sum of the changes
    private const double Suppression = 0.4;
    private const double Lowered = -2; // natural logarithm of a target's own expression
    private const double Activity = 0.3; // deviation of a pathway between cells

    /// <summary>Makes the screen.</summary>
    /// <param name="cells">Cells of a perturbation, 2 or more; of control cells there are five times as many. Default: 30.</param>
    /// <param name="genes">Genes in all, 100 or more. Default: 120.</param>
    /// <param name="seed">The same seed makes the same screen. Default: 0.</param>
    public static SimulatedPerturbations Make(int cells = 30, int genes = 120, int seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cells, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(genes, 100);
        var random = Seeds.For(seed);
        var normal = new Normal(0, 1, random);
        string[] targets = [.. Pathways.SelectMany(pathway => Enumerable.Range(1, TargetsOfPathway).Select(i => $"{pathway}{i}"))];
        double[] resting = [.. Enumerable.Range(0, genes).Select(_ => 0.8 * normal.Sample())];
        var pathways = Pathways.Select((_, i) => Pattern(targets.Length + i * GenesOfPathway, GenesOfPathway)).ToArray();
        var effects = targets.Select((_, i) =>
        {
            var (strength, own) = (0.8 + 0.4 * random.NextDouble(), Pattern(targets.Length + Pathways.Length * GenesOfPathway + i * OwnGenes, OwnGenes));
            double[] effect = [.. pathways[i / TargetsOfPathway].Zip(own, (shared, only) => strength * (shared + only))];
            effect[i] = Lowered;
            return effect;
        }).ToArray();

        var planted = new Dictionary<Condition, PlantedInteraction>();
        List<(string Label, double[] Change, int Cells)> conditions = [("ctrl", new double[genes], 5 * cells), .. targets.Select((target, i) => ($"{target}+ctrl", effects[i], cells))];
        for (var i = 0; i < targets.Length; i++)
        {
            for (var j = i + 1; j < targets.Length; j++)
            {
                var kind = planted[new Condition([targets[i], targets[j]])] = Kind(targets[i][0], targets[j][0]);
                conditions.Add(($"{targets[i]}+{targets[j]}", Together(effects[i], effects[j], kind), cells));
            }
        }
        string[] labels = [.. conditions.SelectMany(condition => Enumerable.Repeat(condition.Label, condition.Cells))];
        var counts = conditions.SelectMany(condition => Enumerable.Range(0, condition.Cells).Select(_ => Cell(condition.Change))).ToArray();
        return new SimulatedPerturbations(
            new AnnData(CsrMatrix.FromDense(new DenseMatrix(counts.Length, genes, [.. counts.SelectMany(cell => cell)])), [.. labels.Select((_, cell) => $"cell-{cell}")],
                [.. targets, .. Enumerable.Range(targets.Length, genes - targets.Length).Select(gene => $"G{gene}")], new Table(CategoryColumn.FromLabels("perturbation", labels))),
            planted);

        double[] Pattern(int from, int count)
        {
            var pattern = new double[genes];
            for (var gene = from; gene < from + count; gene++)
            {
                pattern[gene] = (random.Next(2) * 2 - 1) * (0.5 + random.NextDouble());
            }
            return pattern;
        }

        float[] Cell(double[] change)
        {
            double[] activities = [.. Pathways.Select(_ => Activity * normal.Sample())];
            double[] rates = [.. Enumerable.Range(0, genes).Select(gene => Math.Exp(resting[gene] + change[gene] + pathways.Zip(activities, (pathway, activity) => pathway[gene] * activity).Sum()
                + (gene < targets.Length ? activities[gene / TargetsOfPathway] : 0)))];
            var (depth, sum) = (3000 * Math.Exp(0.3 * normal.Sample()), rates.Sum());
            return [.. rates.Select(rate => (float)Poisson.Sample(random, depth * rate / sum))];
        }
    }

    /// <summary>The screen as it is read from the cells.</summary>
    public PerturbationScreen Screen() => ScreenReader.Read(Cells);

    private static PlantedInteraction Kind(char first, char second) => (first, second) switch
    {
        ('A', 'B') => PlantedInteraction.Synergy,
        ('C', 'D') => PlantedInteraction.Epistasis,
        _ => first == second ? PlantedInteraction.Suppression : PlantedInteraction.Additive,
    };

    private static double[] Together(double[] first, double[] second, PlantedInteraction kind) => [.. first.Zip(second, (one, other) => kind switch
    {
        PlantedInteraction.Synergy => Synergy * (one + other),
        PlantedInteraction.Suppression => Suppression * (one + other),
        PlantedInteraction.Epistasis => one,
        _ => one + other,
    })];
}
