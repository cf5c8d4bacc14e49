using ScFm.Model.Cells;

namespace ScFm.Model.Models.Magic;

/// <summary>From counts to the scale on which MAGIC averages, and from there to log1p of counts per 10,000.</summary>
internal static class MagicScale
{
    /// <summary>Counts on the scale of averaging, with the same zeros.</summary>
    internal static CsrMatrix From(CsrMatrix counts, MagicTransform transform) => transform switch
    {
        MagicTransform.Logarithm => Normalisation.LogNormalise(counts),
        _ => Normalisation.LogNormalise(counts).MapRows((_, values) =>
        {
            foreach (ref var value in values)
            {
                value = MathF.Sqrt(MathF.Exp(value) - 1);
            }
        }),
    };

    /// <summary>
    /// Takes averages back, in place. An average of roots or logarithms, taken back, is less than the average, by a different share in each cell:
    /// every cell is brought back to 10,000 in sum, which is what the scale means.
    /// </summary>
    internal static void Back(DenseMatrix averages, MagicTransform transform) => Parallel.For(0, averages.Rows, cell =>
    {
        var values = averages.Row(cell);
        var sum = 0.0;
        foreach (ref var value in values)
        {
            value = transform == MagicTransform.SquareRoot ? value * value : MathF.Exp(value) - 1;
            sum += value;
        }
        foreach (ref var value in values)
        {
            value = (float)Math.Log(1 + value * Normalisation.DefaultTarget / sum);
        }
    });
}
