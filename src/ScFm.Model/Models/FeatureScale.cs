using ScFm.Model.Cells;

namespace ScFm.Model.Models;

/// <summary>How a table is brought to one scale: each feature less its mean, over its standard deviation, of the rows trained on.</summary>
/// <param name="Means">One a feature.</param>
/// <param name="Deviations">One a feature; 1 where a feature does not vary.</param>
public sealed record FeatureScale(float[] Means, float[] Deviations)
{
    private const double Least = 1e-6;

    /// <summary>The scale of some rows.</summary>
    /// <param name="table">[rows, features].</param>
    /// <param name="rows">Those that are trained on.</param>
    public static FeatureScale Of(DenseMatrix table, IReadOnlyCollection<int> rows)
    {
        var (sums, squares) = (new double[table.Columns], new double[table.Columns]);
        foreach (var place in rows)
        {
            var row = table.Row(place);
            for (var feature = 0; feature < row.Length; feature++)
            {
                sums[feature] += row[feature];
            }
        }
        foreach (var place in rows)
        {
            var row = table.Row(place);
            for (var feature = 0; feature < row.Length; feature++)
            {
                var difference = row[feature] - sums[feature] / rows.Count;
                squares[feature] += difference * difference;
            }
        }
        return new FeatureScale(
            Array.ConvertAll(sums, sum => (float)(sum / rows.Count)),
            Array.ConvertAll(squares, square => Math.Sqrt(square / rows.Count) is > Least and var deviation ? (float)deviation : 1));
    }

    /// <summary>The scale that leaves a table as it is.</summary>
    /// <param name="features">Columns of the table.</param>
    public static FeatureScale None(int features)
    {
        var ones = new float[features];
        Array.Fill(ones, 1);
        return new FeatureScale(new float[features], ones);
    }

    /// <summary>A table on this scale.</summary>
    public DenseMatrix Apply(DenseMatrix table)
    {
        var scaled = new DenseMatrix(table.Rows, table.Columns);
        for (var row = 0; row < table.Rows; row++)
        {
            var from = table.Row(row);
            var to = scaled.Row(row);
            for (var feature = 0; feature < to.Length; feature++)
            {
                to[feature] = (from[feature] - Means[feature]) / Deviations[feature];
            }
        }
        return scaled;
    }
}
