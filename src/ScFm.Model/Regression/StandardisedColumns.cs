namespace ScFm.Model.Regression;

/// <summary>The columns that a regression works on: less their mean, and over their deviation where asked for. Made when first needed; not for several threads.</summary>
internal sealed class StandardisedColumns(Predictors predictors, bool standardise)
{
    private readonly double[]?[] columns = new double[]?[predictors.Count];

    internal int Samples => predictors.Samples;

    internal int Count => predictors.Count;

    /// <summary>The mean that is subtracted.</summary>
    internal double Mean(int predictor) => predictors.Means[predictor];

    /// <summary>What a column is divided by.</summary>
    internal double Scale(int predictor) => standardise && Varies(predictor) ? predictors.Deviations[predictor] : 1;

    internal bool Varies(int predictor) => predictors.Deviations[predictor] > 0;

    internal double[] this[int predictor] => columns[predictor] ??= Make(predictor);

    /// <summary>Inner products of every column with a vector, [count].</summary>
    internal void Products(ReadOnlySpan<double> vector, Span<double> products)
    {
        predictors.Products(vector, products);
        var total = 0.0;
        foreach (var value in vector)
        {
            total += value;
        }
        for (var i = 0; i < products.Length; i++)
        {
            products[i] = (products[i] - total * Mean(i)) / Scale(i);
        }
    }

    private double[] Make(int predictor)
    {
        var column = new double[Samples];
        predictors.Write(predictor, column);
        var (mean, scale) = (Mean(predictor), Scale(predictor));
        foreach (ref var value in column.AsSpan())
        {
            value = (value - mean) / scale;
        }
        return column;
    }
}
