using MathNet.Numerics.Distributions;
using ScFm.Model.Cells;
using ScFm.Model.Training;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScVi;

public sealed partial class ScViModel
{
    private const double LeastRate = 1e-10; // below, no count is ever drawn

    /// <summary>Draws counts as the model would make them for cells like the given ones: latent variables from their posterior, then counts.</summary>
    /// <remarks>For posterior predictive checks: draws that differ from the data where the model does not fit them.</remarks>
    /// <param name="cells">Cells with raw counts of the model's genes.</param>
    /// <param name="seed">Seed of the draws; the same seed and cells give the same counts. Default: 0.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>Counts, [cells, genes of the model].</returns>
    /// <exception cref="InvalidDataException">The values are not raw counts, a gene is missing, a cell has no counts, or its batch is unknown.</exception>
    public CsrMatrix PosteriorSample(ICellSource cells, int seed = 0, CancellationToken cancellation = default)
    {
        using var generator = new Generator((ulong)seed);
        var first = 0;
        var drawn = Infer(cells, Module.Genes, batch =>
        {
            var (noise, library) = (ScViNoise.Draw(batch.Cells, Module, generator), Module.InferLibrary(batch));
            var place = Module.InferLatent(batch).Sample(noise.Latent);
            var counts = Draw(Module.Generate(place, library?.Sample(noise.Library) ?? batch.LogTotals, batch), seed, first);
            first += (int)batch.Cells;
            return counts;
        }, null, cancellation);
        return CsrMatrix.FromDense(drawn);
    }

    /// <summary>A count of each gene of each cell, [B, genes].</summary>
    private static Tensor Draw(CountDistribution distribution, int seed, int firstCell)
    {
        var shape = distribution.Scale.shape;
        static float[] Numbers(Tensor values) => values.cpu().contiguous().data<float>().ToArray();
        var rates = Numbers(distribution.Rate);
        var dispersions = Numbers(distribution.Dispersion.expand(shape));
        var zeros = distribution.DropoutLogits is { } logits ? Numbers(logits.sigmoid()) : null;
        var genes = (int)shape[1];
        Parallel.For(0, (int)shape[0], cell =>
        {
            var random = Seeds.For(seed, firstCell + cell);
            for (var at = cell * genes; at < (cell + 1) * genes; at++)
            {
                var rate = distribution.Likelihood == CountLikelihood.Poisson ? rates[at] : Gamma.Sample(random, dispersions[at], dispersions[at] / rates[at]);
                var count = rate > LeastRate ? Poisson.Sample(random, rate) : 0; // NaN of a rate of 0 is none either
                rates[at] = zeros is not null && random.NextDouble() < zeros[at] ? 0 : count;
            }
        });
        return tensor(rates).reshape(shape);
    }
}
