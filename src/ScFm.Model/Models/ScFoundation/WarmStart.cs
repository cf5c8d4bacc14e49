using ScFm.Model.Cells;
using ScFm.Model.Graphs;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>Starts a model from what is known before training instead of from noise, which saves a small model most of its training.</summary>
/// <remarks>
/// Ours, not the paper's. The first columns of the position embedding become each gene's mean, standard deviation, share of expressing cells
/// and loadings on the first principal components of the training cells, each standardised over the genes and a component weighted by its
/// standard deviation over the cells; the other columns stay random, but smaller.
/// Values start as evenly spread bins, the encoder near the identity, and decoder tokens attend to tokens like themselves.
/// </remarks>
internal static class WarmStart
{
    private const int MostComponents = 32;
    private const int Moments = 3;
    private const int WeightOneComponent = 4; // components that vary more than the fifth weigh more, up to three times
    private const double LeastWeight = 0.1;
    private const double MostWeight = 3;
    private const double RandomScale = 0.3;
    private const double LargestValue = 8; // of log1p of counts per 10,000, and of log10 of a total count
    private const double BinWidth = 0.8;
    private const double ResidualScale = 0.1;
    private const double KeyScale = 1.5;

    public static void Apply(ScFoundationModule module, CsrMatrix trainingCounts, int seed)
    {
        var values = Normalisation.LogNormalise(trainingCounts);
        var (genes, width) = (values.Columns, module.Config.EncoderWidth);
        var components = Math.Min(Math.Min(MostComponents, width - Moments), Math.Min(values.Rows, genes) - 1);
        if (components < 1)
        {
            return;
        }
        var pca = Pca.Fit(values, new PcaOptions { Components = components, Seed = (ulong)seed });
        var vectors = new DenseMatrix(genes, Moments + components);
        Describe(values, vectors);
        for (var gene = 0; gene < genes; gene++)
        {
            for (var component = 0; component < components; component++)
            {
                vectors[gene, Moments + component] = pca.Loadings[component, gene];
            }
        }
        Standardise(vectors);
        Weigh(vectors, pca.ExplainedVariance);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        module.PositionEmbedding.mul_(RandomScale);
        var target = module.PositionEmbedding.narrow(0, 0, genes).narrow(1, 0, vectors.Columns);
        target.copy_(tensor(vectors.Values, new long[] { genes, vectors.Columns }));
        module.ValueEmbedding.SpreadBins(LargestValue, BinWidth);
        module.Encoder.ScaleResiduals(ResidualScale);
        module.Decoder.TieKeysToQueries(KeyScale);
        module.OutputBias.fill_(values.Values.Length == 0 ? 0 : values.Values.Average());
    }

    private static void Describe(CsrMatrix values, DenseMatrix vectors)
    {
        var (sums, squares, counts) = (new double[values.Columns], new double[values.Columns], values.ColumnCounts());
        for (var i = 0; i < values.Values.Length; i++)
        {
            sums[values.Indices[i]] += values.Values[i];
            squares[values.Indices[i]] += (double)values.Values[i] * values.Values[i];
        }
        for (var gene = 0; gene < values.Columns; gene++)
        {
            var mean = sums[gene] / values.Rows;
            vectors[gene, 0] = (float)mean;
            vectors[gene, 1] = (float)Math.Sqrt(Math.Max(0, squares[gene] / values.Rows - mean * mean));
            vectors[gene, 2] = (float)counts[gene] / values.Rows;
        }
    }

    private static void Weigh(DenseMatrix vectors, double[] variances)
    {
        var one = variances[Math.Min(WeightOneComponent, variances.Length - 1)];
        for (var component = 0; component < variances.Length; component++)
        {
            var weight = one > 0 ? Math.Clamp(Math.Sqrt(variances[component] / one), LeastWeight, MostWeight) : 1;
            for (var gene = 0; gene < vectors.Rows; gene++)
            {
                vectors[gene, Moments + component] *= (float)weight;
            }
        }
    }

    private static void Standardise(DenseMatrix vectors)
    {
        for (var column = 0; column < vectors.Columns; column++)
        {
            var (sum, squares) = (0.0, 0.0);
            for (var row = 0; row < vectors.Rows; row++)
            {
                sum += vectors[row, column];
                squares += (double)vectors[row, column] * vectors[row, column];
            }
            var mean = sum / vectors.Rows;
            var deviation = Math.Sqrt(Math.Max(squares / vectors.Rows - mean * mean, 1e-12));
            for (var row = 0; row < vectors.Rows; row++)
            {
                vectors[row, column] = (float)((vectors[row, column] - mean) / deviation);
            }
        }
    }
}
