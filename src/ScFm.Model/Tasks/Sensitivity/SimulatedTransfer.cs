using MathNet.Numerics.Distributions;
using ScFm.Model.Cells;
using ScFm.Model.Tables;
using ScFm.Model.Training;

namespace ScFm.Model.Tasks.Sensitivity;

/// <summary>Bulk samples and single cells whose sensitivity is known, to learn and to test with; none of it was measured.</summary>
/// <remarks>
/// A programme of genes is higher in what is sensitive, in both domains. A second programme goes with sensitivity in the bulk samples alone, as a tissue might: in the cells it is on throughout, more in some than in
/// others. Every gene is moved by an amount of its own from bulk to cells, and cells are sequenced a hundred times less deeply. So what is learnt from the second programme misleads, and it tells the domains apart.
/// </remarks>
public static class SimulatedTransfer
{
    private const int Genes = 300;
    private const int Programme = 20;
    private const double BulkReads = 200_000;
    private const double CellReads = 2_000;
    private const double Agreement = 0.9; // of the second programme with sensitivity, in bulk samples
    private const double Noise = 0.6;
    private const double Variation = 0.5; // of the second programme, in cells

    /// <summary>Makes both domains, with the column response in obs: sensitive or resistant.</summary>
    /// <param name="samples">Bulk samples, 20 or more. Default: 200.</param>
    /// <param name="cells">Single cells, 20 or more. Default: 300.</param>
    /// <param name="effect">How much higher the first programme is in what is sensitive, natural logarithm. Default: 0.5.</param>
    /// <param name="shift">Standard deviation of the genes' shifts between the domains, natural logarithm. Default: 0.5.</param>
    /// <param name="seed">The same seed makes the same data. Default: 0.</param>
    /// <returns>Raw counts of bulk samples and of cells.</returns>
    public static (AnnData Source, AnnData Target) Make(int samples = 200, int cells = 300, double effect = 0.5, double shift = 0.5, int seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 20);
        ArgumentOutOfRangeException.ThrowIfLessThan(cells, 20);
        var random = Seeds.For(seed);
        double[] levels = Drawn(random, 1), shifts = Drawn(random, shift);
        return (
            Domain(random, "sample", samples, BulkReads, effect, levels, sensitive => sensitive == random.NextDouble() < Agreement ? 1 : 0),
            Domain(random, "cell", cells, CellReads, effect, [.. levels.Zip(shifts, (level, change) => level + change)], _ => 1 + Variation * Normal.Sample(random, 0, 1)));
    }

    private static double[] Drawn(Random random, double deviation)
    {
        var normal = new Normal(0, 1, random);
        return [.. Enumerable.Range(0, Genes).Select(_ => deviation * normal.Sample())];
    }

    /// <summary>Half of the samples are sensitive, in turn; genes 0 to 19 are the first programme and 20 to 39 the second.</summary>
    private static AnnData Domain(Random random, string what, int count, double reads, double effect, double[] levels, Func<bool, double> second)
    {
        var counts = new DenseMatrix(count, Genes);
        for (var sample = 0; sample < count; sample++)
        {
            var sensitive = IsSensitive(sample);
            var (activity, noise) = (second(sensitive), Drawn(random, Noise));
            double[] rates = [.. levels.Select((level, gene) => Math.Exp(level + noise[gene] + (gene < Programme && sensitive ? effect : 0) + (gene / Programme == 1 ? 2 * effect * activity : 0)))];
            var total = rates.Sum();
            for (var gene = 0; gene < Genes; gene++)
            {
                counts[sample, gene] = Poisson.Sample(random, reads * rates[gene] / total);
            }
        }
        string[] names = [.. Enumerable.Range(0, count).Select(sample => $"{what}-{sample}")];
        var response = CategoryColumn.FromLabels("response", Enumerable.Range(0, count).Select(sample => IsSensitive(sample) ? "sensitive" : "resistant"));
        return new AnnData(CsrMatrix.FromDense(counts), names, [.. Enumerable.Range(0, Genes).Select(gene => $"gene-{gene}")], new Table(response));
    }

    private static bool IsSensitive(int sample) => sample % 2 == 0;
}
