using System.Runtime.CompilerServices;
using ScFm.Model.Cells;

namespace ScFm.Model.Regression.Logistic;

/// <summary>The inner products of a few columns and of the constant one under weights: the second derivatives between their coefficients.</summary>
internal sealed class ActiveProducts
{
    // Samples whose weight is a smaller share of the largest are left out: the products belong to a model of the loss, and a step is tried on the loss itself.
    private const double Least = 1e-8;

    private readonly double[] products;

    /// <param name="rows">The matrix.</param>
    /// <param name="active">The columns, ascending.</param>
    /// <param name="weights">One a row.</param>
    internal ActiveProducts(CsrMatrix rows, ReadOnlySpan<int> active, double[] weights)
    {
        Count = active.Length + 1;
        products = new double[(long)Count * Count];
        var places = new int[rows.Columns];
        places.AsSpan().Fill(-1);
        for (var a = 0; a < active.Length; a++)
        {
            places[active[a]] = a;
        }
        var least = Least * weights.Max();
        var (at, values) = (new int[Count], new double[Count]);
        for (var row = 0; row < rows.Rows; row++)
        {
            if (weights[row] > least)
            {
                Add(weights[row], at, values, Gather(rows.RowIndices(row), rows.RowValues(row), places, at, values));
            }
        }
        for (var a = 0; a < Count; a++)
        {
            for (var b = 0; b < a; b++)
            {
                products[b * Count + a] = products[a * Count + b];
            }
        }
    }

    /// <summary>Number of columns, the constant one at the end included.</summary>
    internal int Count { get; }

    /// <summary>The products of one column with all.</summary>
    internal ReadOnlySpan<double> this[int column] => products.AsSpan(column * Count, Count);

    /// <summary>The active values of a row, and a one at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Gather(ReadOnlySpan<int> indices, ReadOnlySpan<float> row, int[] places, int[] at, double[] values)
    {
        var count = 0;
        for (var i = 0; i < indices.Length; i++)
        {
            var place = places[indices[i]];
            if (place >= 0)
            {
                (at[count], values[count]) = (place, row[i]);
                count++;
            }
        }
        (at[count], values[count]) = (Count - 1, 1);
        return count + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(double weight, int[] at, double[] values, int count)
    {
        for (var a = 0; a < count; a++)
        {
            var line = products.AsSpan(at[a] * Count, Count);
            var factor = weight * values[a];
            for (var b = 0; b <= a; b++)
            {
                line[at[b]] += factor * values[b];
            }
        }
    }
}
