using MathNet.Numerics.Distributions;
using ScFm.Model.Cells;

/// <summary>Cells of ten types in five pairs of which the two are much alike, each cell with a part of another type's reads and one label in fifty wrong: so that no type can be told without error.</summary>
internal static class Simulation
{
    public const int Genes = 5_000;
    public const int Types = 10;

    private const int Markers = 60;

    /// <summary>log1p of counts per 10,000, about one value in ten not zero, and labels.</summary>
    public static (CsrMatrix Expression, int[] Labels) Draw(int cells)
    {
        var random = new Random(0);
        var shares = Shares(random);
        var (rows, labels) = (new (int[] Genes, float[] Counts)[cells], new int[cells]);
        var seeds = Enumerable.Range(0, cells).Select(_ => random.Next()).ToArray();
        Parallel.For(0, cells, cell =>
        {
            var own = new Random(seeds[cell]);
            var type = own.Next(Types);
            rows[cell] = Cell(shares[type], shares[own.Next(Types)], own);
            labels[cell] = own.NextDouble() < 0.02 ? own.Next(Types) : type;
        });
        var offsets = new long[cells + 1];
        for (var cell = 0; cell < cells; cell++)
        {
            offsets[cell + 1] = offsets[cell] + rows[cell].Genes.Length;
        }
        var counts = new CsrMatrix(cells, Genes, offsets, [.. rows.SelectMany(row => row.Genes)], [.. rows.SelectMany(row => row.Counts)]);
        return (Normalisation.LogNormalise(counts), labels);
    }

    /// <summary>Each type's sums of gene shares, from the first gene on.</summary>
    private static double[][] Shares(Random random)
    {
        var baseline = Logs(random, Genes, 1.6);
        var shares = new double[Types][];
        for (var pair = 0; pair < Types / 2; pair++)
        {
            var common = Raised(baseline, random, 1.5);
            shares[2 * pair] = Sums(Raised(common, random, 0.8));
            shares[2 * pair + 1] = Sums(Raised(common, random, 0.8));
        }
        return shares;
    }

    private static double[] Logs(Random random, int count, double deviation) => [.. Enumerable.Range(0, count).Select(_ => Normal.Sample(random, 0, deviation))];

    private static double[] Raised(double[] logs, Random random, double by)
    {
        double[] raised = [.. logs];
        for (var marker = 0; marker < Markers; marker++)
        {
            raised[random.Next(Genes)] += Math.Abs(Normal.Sample(random, 0, by));
        }
        return raised;
    }

    private static double[] Sums(double[] logs)
    {
        var (sums, total) = (new double[logs.Length], 0.0);
        for (var gene = 0; gene < logs.Length; gene++)
        {
            sums[gene] = total += Math.Exp(logs[gene]);
        }
        return Array.ConvertAll(sums, sum => sum / total);
    }

    private static (int[] Genes, float[] Counts) Cell(double[] own, double[] other, Random random)
    {
        var reads = (int)Math.Exp(Normal.Sample(random, Math.Log(1100), 0.4));
        var mixed = 0.4 * random.NextDouble();
        var counts = new SortedDictionary<int, float>();
        for (var read = 0; read < reads; read++)
        {
            var place = Array.BinarySearch(random.NextDouble() < mixed ? other : own, random.NextDouble());
            var gene = Math.Min(place < 0 ? ~place : place, Genes - 1);
            counts[gene] = counts.GetValueOrDefault(gene) + 1;
        }
        return ([.. counts.Keys], [.. counts.Values]);
    }
}
