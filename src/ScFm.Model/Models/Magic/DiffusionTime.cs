using ScFm.Model.Cells;
using ScFm.Model.Metrics;

namespace ScFm.Model.Models.Magic;

/// <summary>How often to diffuse: until one more time changes little.</summary>
internal static class DiffusionTime
{
    /// <summary>The first number of steps after which the cells' arrangement differs from the one before by less than a disparity.</summary>
    /// <param name="diffusion">The operator.</param>
    /// <param name="scores">The cells' principal components, in which the change is seen as well as in all genes.</param>
    /// <param name="disparity">The Procrustes disparity below which diffusion ends.</param>
    /// <param name="most">The largest number of steps.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    internal static int Choose(DiffusionOperator diffusion, DenseMatrix scores, double disparity, int most, CancellationToken cancellation)
    {
        for (var steps = 1; steps < most; steps++)
        {
            var next = diffusion.Apply(scores, 1, cancellation: cancellation);
            if (Procrustes.Disparity(scores, next) < disparity)
            {
                return steps;
            }
            scores = next;
        }
        return most;
    }
}
