using System.Globalization;
using ScFm.Model.Cells;
using ScFm.Model.Tables;

namespace ScFm.Model.Models.ScVi;

/// <summary>Two groups of units, cells or replicates of them, each with the sum of its cells' places in a latent space.</summary>
internal sealed class GroupedUnits
{
    private readonly double[][] sums; // of each unit, [latent]
    private readonly int[] sizes; // cells of each unit
    private readonly int first; // units 0 to first - 1 are of the group, the others of what it is compared with

    private GroupedUnits(double[][] sums, int[] sizes, int first) => (this.sums, this.sizes, this.first) = (sums, sizes, first);

    /// <summary>Units of the group.</summary>
    public int First => first;

    /// <summary>Units of what it is compared with.</summary>
    public int Second => sums.Length - first;

    /// <summary>Sorts cells into groups and units; a replicate with cells in both groups is a unit in each.</summary>
    /// <param name="latent">Each cell's place, [cells, latent].</param>
    /// <param name="cells">Obs of the cells.</param>
    /// <param name="groups">The groups.</param>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="InvalidDataException">A group has fewer than two units.</exception>
    public static GroupedUnits Of(DenseMatrix latent, ICellSource cells, LoadingGroups groups)
    {
        var labels = ColumnLabels.Of(cells.Obs[groups.Column]);
        var replicates = groups.Replicates is null ? null : ColumnLabels.Of(cells.Obs[groups.Replicates]);
        List<(double[] Sum, int Size)> Units(Func<string?, bool> belongs, string name)
        {
            var units = Enumerable.Range(0, cells.CellCount)
                .Where(cell => belongs(labels[cell]) && (replicates is null || replicates[cell] is not null))
                .GroupBy(cell => replicates?[cell] ?? cell.ToString(CultureInfo.InvariantCulture))
                .Select(unit => (SumOf(latent, unit), unit.Count())).ToList();
            return units.Count > 1 ? units : throw new InvalidDataException(
                $"{name} in the column '{groups.Column}' has {units.Count} {(replicates is null ? "cells" : $"of '{groups.Replicates}'")}; expected at least 2{Known(labels)}.");
        }
        var one = Units(label => label == groups.Group, $"'{groups.Group}'");
        var other = groups.Against is { } against
            ? Units(label => label == against, $"'{against}'")
            : Units(label => label is not null && label != groups.Group, "Everything else");
        var all = one.Concat(other).ToArray();
        return new GroupedUnits([.. all.Select(unit => unit.Sum)], [.. all.Select(unit => unit.Size)], one.Count);
    }

    /// <summary>How far the group's mean place is from the other's, [latent].</summary>
    public double[] Difference() => Difference([.. Enumerable.Range(0, sums.Length)]);

    /// <summary>The same of units drawn again from each group, with replacement.</summary>
    public double[] Resampled(Random random) => Difference([.. Enumerable.Range(0, sums.Length).Select(unit => unit < first ? random.Next(first) : random.Next(first, sums.Length))]);

    /// <summary>The same with units exchanged between the groups.</summary>
    public double[] Exchanged(Random random)
    {
        int[] order = [.. Enumerable.Range(0, sums.Length)];
        random.Shuffle(order);
        return Difference(order);
    }

    /// <summary>The deviation of units' mean places within their groups, [latent].</summary>
    public double[] Deviations() => Deviations([(0, first), (first, sums.Length)]);

    /// <summary>The deviation of all units' mean places, whatever their group, [latent].</summary>
    public double[] DeviationsOfAll() => Deviations([(0, sums.Length)]);

    private double[] Deviations((int From, int To)[] groups) => [.. Enumerable.Range(0, sums[0].Length).Select(k =>
    {
        var squares = groups.Sum(group =>
        {
            double[] values = [.. Enumerable.Range(group.From, group.To - group.From).Select(unit => sums[unit][k] / sizes[unit])];
            var mean = values.Average();
            return values.Sum(value => (value - mean) * (value - mean));
        });
        return Math.Sqrt(squares / (sums.Length - groups.Length));
    })];

    /// <summary>The difference of means, where the group's units are the first of an order.</summary>
    private double[] Difference(int[] order)
    {
        var (one, other) = (Mean(order.AsSpan(0, first)), Mean(order.AsSpan(first)));
        return [.. one.Zip(other, (a, b) => a - b)];
    }

    private double[] Mean(ReadOnlySpan<int> units)
    {
        var (mean, cells) = (new double[sums[0].Length], 0);
        foreach (var unit in units)
        {
            cells += sizes[unit];
            for (var k = 0; k < mean.Length; k++)
            {
                mean[k] += sums[unit][k];
            }
        }
        return Array.ConvertAll(mean, sum => sum / cells);
    }

    private static double[] SumOf(DenseMatrix latent, IEnumerable<int> cells)
    {
        var sum = new double[latent.Columns];
        foreach (var cell in cells)
        {
            for (var k = 0; k < sum.Length; k++)
            {
                sum[k] += latent[cell, k];
            }
        }
        return sum;
    }

    private static string Known(string?[] labels)
    {
        var known = labels.OfType<string>().Distinct().Order(StringComparer.Ordinal).Take(11).ToArray();
        return known.Length == 0 ? "" : $", of {string.Join(", ", known.Take(10))}{(known.Length > 10 ? ", ..." : "")}";
    }
}
