using System.Runtime.CompilerServices;
using ScFm.Model.Cells;
using ScFm.Model.Graphs;

namespace ScFm.Model.Regression;

/// <summary>Predictors of which most values are zero, or differ from zero only by a part that all of them share.</summary>
/// <remarks>With a shared part, log((count + 1) / size) of a gene costs as little as its counts that are not zero.</remarks>
public sealed class SparsePredictors : Predictors
{
    private readonly CsrMatrix columns;
    private readonly double[]? shared;

    /// <summary>Wraps a matrix without copying it.</summary>
    /// <param name="columns">A row a predictor, [predictors, samples]: the transpose of cells by genes.</param>
    /// <param name="shared">What is added to every predictor, [samples]. Default: nothing.</param>
    /// <exception cref="ArgumentException">The shared part has another length than there are samples.</exception>
    public SparsePredictors(CsrMatrix columns, double[]? shared = null) : base(columns.Columns, columns.Rows)
    {
        if (shared is not null && shared.Length != Samples)
        {
            throw new ArgumentException($"The shared part of the predictors has {shared.Length} values; expected {Samples}, one a sample.", nameof(shared));
        }
        (this.columns, this.shared) = (columns, shared);
    }

    internal override void Write(int predictor, Span<double> column)
    {
        column.Clear();
        shared?.CopyTo(column);
        var samples = columns.RowIndices(predictor);
        var values = columns.RowValues(predictor);
        for (var i = 0; i < samples.Length; i++)
        {
            column[samples[i]] += values[i];
        }
    }

    // Hot from the first call: a notebook computes this once, before tiered compilation would get to it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Products(ReadOnlySpan<double> vector, Span<double> products)
    {
        var common = shared is null ? 0 : LinearSpace.Dot(shared, vector);
        for (var predictor = 0; predictor < Count; predictor++)
        {
            var samples = columns.RowIndices(predictor);
            var values = columns.RowValues(predictor);
            var sum = common;
            for (var i = 0; i < samples.Length; i++)
            {
                sum += values[i] * vector[samples[i]];
            }
            products[predictor] = sum;
        }
    }
}
