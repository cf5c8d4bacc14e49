using ScFm.Model.Cells;

namespace ScFm.Model.Regression;

/// <summary>Predictors of which every value is stored.</summary>
/// <param name="values">[samples, predictors].</param>
public sealed class DensePredictors(DenseMatrix values) : Predictors(values.Rows, values.Columns)
{
    internal override void Write(int predictor, Span<double> column)
    {
        for (var sample = 0; sample < Samples; sample++)
        {
            column[sample] = values[sample, predictor];
        }
    }

    internal override void Products(ReadOnlySpan<double> vector, Span<double> products)
    {
        products.Clear();
        for (var sample = 0; sample < Samples; sample++)
        {
            var factor = vector[sample];
            var row = values.Row(sample);
            for (var predictor = 0; predictor < row.Length; predictor++)
            {
                products[predictor] += factor * row[predictor];
            }
        }
    }
}
