using ScFm.Model.Cells;
using ScFm.Model.Regression.Logistic;

namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>The coefficients of a logistic regression as marker genes, and back.</summary>
internal static class LogisticMarkers
{
    /// <summary>The coefficients that are not zero, with what the type's cells express.</summary>
    internal static MarkerGene[] Of(LogisticModel model, CsrMatrix expression, int[] labels)
    {
        var (shares, means, sizes) = (new double[model.Classes, expression.Columns], new double[model.Classes, expression.Columns], new double[model.Classes]);
        for (var cell = 0; cell < expression.Rows; cell++)
        {
            var genes = expression.RowIndices(cell);
            var values = expression.RowValues(cell);
            sizes[labels[cell]]++;
            for (var i = 0; i < genes.Length; i++)
            {
                shares[labels[cell], genes[i]]++;
                means[labels[cell], genes[i]] += values[i];
            }
        }
        var markers = new List<MarkerGene>();
        for (var row = 0; row < model.Coefficients.Length; row++)
        {
            for (var gene = 0; gene < expression.Columns; gene++)
            {
                if (model.Coefficients[row][gene] is not 0 and var coefficient)
                {
                    var two = model.Coefficients.Length == 1;
                    var type = !two ? row : coefficient > 0 ? 1 : 0;
                    markers.Add(new MarkerGene(type, gene, two ? Math.Abs(coefficient) : coefficient, shares[type, gene] / sizes[type], means[type, gene] / sizes[type]));
                }
            }
        }
        return [.. markers];
    }

    /// <summary>The regression that such markers and intercepts come from.</summary>
    internal static LogisticModel Model(LogisticScheme scheme, double[] intercepts, IReadOnlyList<MarkerGene> markers, int genes)
    {
        double[][] coefficients = [.. intercepts.Select(_ => new double[genes])];
        foreach (var marker in markers)
        {
            if (intercepts.Length == 1)
            {
                coefficients[0][marker.Gene] = marker.Type == 1 ? marker.Coefficient : -marker.Coefficient;
            }
            else
            {
                coefficients[marker.Type][marker.Gene] = marker.Coefficient;
            }
        }
        return new LogisticModel(scheme, double.NaN, intercepts, coefficients, double.NaN, double.NaN);
    }
}
