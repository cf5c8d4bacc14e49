using System.Globalization;
using MathNet.Numerics.Distributions;

namespace ScFm.Model.Metrics;

/// <summary>The mean of scores that several seeds gave to the same cells, and how far it may be off: by the choice of cells, by the choice of seeds, and by both.</summary>
/// <remarks>
/// The scores are modelled as mean + cell + seed + rest, cells and seeds drawn at random (two-way crossed effects without repeats). The variance components are
/// those of the analysis of variance, none below zero. To treat cells x seeds as independent would count the same cell several times.
/// Source: Searle, Casella and McCulloch, "Variance Components" (1992), chapter 4.
/// </remarks>
/// <param name="Mean">The mean over cells and seeds.</param>
/// <param name="CellError">Standard error for other cells and the same seeds: of the cells' means over seeds. NaN of one cell.</param>
/// <param name="SeedError">Standard error for other seeds and the same cells: of the seeds' means over cells. NaN of one seed.</param>
/// <param name="StandardError">Standard error for other cells and other seeds; with one seed that of the cells, with one cell that of the seeds.</param>
/// <param name="Cells">Number of cells.</param>
/// <param name="Seeds">Number of seeds.</param>
public readonly record struct CrossedMean(double Mean, double CellError, double SeedError, double StandardError, int Cells, int Seeds)
{
    /// <summary>The mean of scores, a list of cells for each seed.</summary>
    /// <param name="scores">One list a seed, each with one score a cell in the same order; what stands at a cell's place is left out of all seeds where one of them is NaN.</param>
    /// <exception cref="ArgumentException">The lists differ in length, or there is none.</exception>
    public static CrossedMean Of(IReadOnlyList<double[]> scores)
    {
        if (scores.Count == 0 || scores.Any(seed => seed.Length != scores[0].Length))
        {
            throw new ArgumentException($"The seeds have {(scores.Count == 0 ? "no lists" : string.Join(", ", scores.Select(seed => seed.Length)))} of scores; expected one list a seed, all of the same cells.");
        }
        var cells = Complete(scores);
        if (cells.Length == 0)
        {
            return new CrossedMean(double.NaN, double.NaN, double.NaN, double.NaN, 0, scores.Count);
        }
        double[] ofCells = [.. cells.Select(cell => scores.Average(seed => seed[cell]))];
        var ofSeeds = SeedMeans(scores, cells);
        var mean = ofSeeds.Average();
        var (n, s) = (cells.Length, scores.Count);

        var cellSquare = MeanSquare(ofCells, mean);
        var seedSquare = MeanSquare(ofSeeds, mean);
        var rest = 0.0;
        for (var seed = 0; seed < s; seed++)
        {
            for (var i = 0; i < n; i++)
            {
                var residual = scores[seed][cells[i]] - ofCells[i] - ofSeeds[seed] + mean;
                rest += residual * residual;
            }
        }
        var restVariance = n > 1 && s > 1 ? rest / ((n - 1.0) * (s - 1)) : 0;
        // In units of one score's variance over n s: of cells and of seeds, the rest counted once.
        var (ofCell, ofSeed) = (Math.Max(s * cellSquare, restVariance), Math.Max(n * seedSquare, restVariance));
        var both = (n > 1, s > 1) switch
        {
            (true, true) => ofCell + ofSeed - restVariance,
            (true, false) => ofCell,
            (false, true) => ofSeed,
            _ => double.NaN,
        };
        return new CrossedMean(mean, Math.Sqrt(cellSquare / n), Math.Sqrt(seedSquare / s), Math.Sqrt(both / ((double)n * s)), n, s);
    }

    /// <summary>How one model's scores differ from another's, in the same cells and seed by seed.</summary>
    /// <param name="scores">One list a seed, each with one score a cell.</param>
    /// <param name="baseline">The same of the other model.</param>
    /// <exception cref="ArgumentException">The numbers of seeds or cells differ.</exception>
    public static CrossedMean OfDifference(IReadOnlyList<double[]> scores, IReadOnlyList<double[]> baseline)
    {
        if (scores.Count != baseline.Count || scores.Where((seed, i) => seed.Length != baseline[i].Length).Any())
        {
            throw new ArgumentException($"There are {scores.Count} seeds of scores and {baseline.Count} of the baseline; expected as many, with the same cells.");
        }
        return Of([.. scores.Select((seed, i) => seed.Zip(baseline[i], (a, b) => a - b).ToArray())]);
    }

    /// <summary>How scores of some cells differ from scores of others, both given by the same seeds.</summary>
    /// <remarks>
    /// The cells are drawn apart, so that the squares of their errors add; the seeds' error is that of the differences, seed by seed. The two are added as if the
    /// rest were in one of them alone, which errs to the wide side.
    /// </remarks>
    /// <param name="scores">One list a seed, each with one score a cell.</param>
    /// <param name="others">One list a seed, each with one score of each other cell.</param>
    /// <exception cref="ArgumentException">The numbers of seeds differ, or the lists of one side differ in length.</exception>
    public static CrossedMean OfOtherCells(IReadOnlyList<double[]> scores, IReadOnlyList<double[]> others)
    {
        if (scores.Count != others.Count)
        {
            throw new ArgumentException($"There are {scores.Count} seeds of scores and {others.Count} of the other cells'; expected as many.");
        }
        var (one, other) = (Of(scores), Of(others));
        if (one.Cells == 0 || other.Cells == 0)
        {
            return new CrossedMean(double.NaN, double.NaN, double.NaN, double.NaN, 0, scores.Count);
        }
        double[] differences = [.. SeedMeans(scores, Complete(scores)).Zip(SeedMeans(others, Complete(others)), (a, b) => a - b)];
        var mean = differences.Average();
        var ofCells = one.CellError * one.CellError + other.CellError * other.CellError;
        var ofSeeds = MeanSquare(differences, mean) / scores.Count;
        return new CrossedMean(mean, Math.Sqrt(ofCells), Math.Sqrt(ofSeeds), Math.Sqrt(ofCells + (scores.Count > 1 ? ofSeeds : 0)), one.Cells + other.Cells, scores.Count);
    }

    /// <summary>Half the 95% interval for other cells and other seeds, by the normal distribution where there is one seed, otherwise by t with seeds - 1 degrees of freedom, which errs to the wide side.</summary>
    public double HalfWidth => Seeds > 1 ? StudentT.InvCDF(0, 1, Seeds - 1, 0.975) * StandardError : Normal.InvCDF(0, 1, 0.975) * StandardError;

    /// <summary>Such as "0.512 ± 0.004 (standard error; 0.001 over cells, 0.004 over seeds)".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Mean:F3} ± {StandardError:F3} (standard error; {CellError:F3} over cells, {SeedError:F3} over seeds)");

    private static int[] Complete(IReadOnlyList<double[]> scores) =>
        [.. Enumerable.Range(0, scores[0].Length).Where(cell => scores.All(seed => !double.IsNaN(seed[cell])))];

    private static double[] SeedMeans(IReadOnlyList<double[]> scores, int[] cells) => [.. scores.Select(seed => cells.Average(cell => seed[cell]))];

    private static double MeanSquare(double[] means, double mean) =>
        means.Length < 2 ? double.NaN : means.Sum(value => (value - mean) * (value - mean)) / (means.Length - 1);
}
