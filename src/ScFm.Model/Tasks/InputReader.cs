using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;

namespace ScFm.Model.Tasks;

/// <summary>Brings cells into a model's vocabulary, log-normalises them and finds their token S.</summary>
/// <remarks>Source: get_embedding.py of the reference, options input_type and pre_normalized.</remarks>
internal sealed class InputReader(ScFoundationModel model, InputOptions options, GeneAliases? aliases)
{
    private bool LikeReference => options.Compat == Compat.Reference;

    private bool IsBulk => options.Kind == SampleKind.Bulk;

    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    /// <exception cref="InvalidDataException">The values are not of the scale that the options name, or a cell has no gene of the vocabulary.</exception>
    public ModelProfiles Read(AnnData cells)
    {
        if (options is { Totals: { } column, Scale: not ValueScale.LogNormalisedWithTotals })
        {
            throw new ArgumentException($"The column '{column}' of totals is given for values of the scale {options.Scale}; expected {ValueScale.LogNormalisedWithTotals}, the reference's a.");
        }
        var (samples, totals) = options.Scale == ValueScale.LogNormalisedWithTotals ? InputTotals.Take(cells, options.Totals) : (cells, null);
        InputChecks.Require(samples, options);
        samples = LikeReference ? InputNames.Prefer(samples) : samples;
        var mapped = Map(samples, options.Scale != ValueScale.Counts);
        InputChecks.RequireExpression(mapped, samples.ObsNames, model.Vocabulary.Count);
        var (values, depths) = options.Scale switch
        {
            ValueScale.Counts when IsBulk => OfBulkCounts(mapped),
            ValueScale.Counts => (Normalisation.LogNormalise(mapped), Log10(mapped.RowSums())),
            ValueScale.LogNormalised when IsBulk => (mapped, LikeReference ? Array.ConvertAll(mapped.RowSums(), sum => (float)sum) : Log10(mapped.RowSums())),
            ValueScale.LogNormalised => (mapped, Log10(LikeReference ? mapped.RowSums() : Map(InputTotals.Recover(samples), logged: false).RowSums())),
            _ when IsBulk && LikeReference => throw new ArgumentException("The reference takes no bulk samples with totals; expected Compat.Sensible, or samples without totals."),
            _ => (mapped, Log10(totals!)),
        };
        return new ModelProfiles(values, depths, samples.ObsNames, model.Config, options);
    }

    /// <summary>
    /// Bulk samples say their depth by the sum of their logarithms: their counts, in the tens of millions, are far from all that a model of cells has seen.
    /// The reference brings them to the median total of the file, so that a sample depends on the others; we bring them to 10,000, as cells in training.
    /// </summary>
    private (CsrMatrix Values, float[] Depths) OfBulkCounts(CsrMatrix counts)
    {
        var values = Normalisation.LogNormalise(counts, LikeReference ? MathNet.Numerics.Statistics.Statistics.Median(counts.RowSums()) : Normalisation.DefaultTarget);
        return (values, Log10(values.RowSums()));
    }

    private CsrMatrix Map(AnnData samples, bool logged)
    {
        var genes = model.Vocabulary.Count;
        if (options.GenesInOrder || (LikeReference && samples.GeneCount >= genes))
        {
            return samples.GeneCount == genes ? samples.X.WithoutZeros() : throw new InvalidDataException(options.GenesInOrder
                ? $"The matrix has {samples.GeneCount} genes, to be taken in their order; expected {genes}, as the model."
                : $"The matrix has {samples.GeneCount} genes, and the reference matches names only where there are fewer than {genes}; expected fewer, or {genes} in the model's order.");
        }
        var (mapped, report) = GeneMapping.Map(samples, model.Vocabulary, aliases);
        if (!logged || report.Summed.Count == 0)
        {
            return mapped.X;
        }
        // Genes of one name are added up as counts, not as logarithms.
        var linear = samples.WithX(samples.X.MapRows((_, values) => Change(values, value => Math.Exp(value) - 1)));
        return GeneMapping.Map(linear, model.Vocabulary, aliases).Cells.X.MapRows((_, values) => Change(values, value => Math.Log(1 + value)));
    }

    private static void Change(Span<float> values, Func<double, double> change)
    {
        foreach (ref var value in values)
        {
            value = (float)change(value);
        }
    }

    private static float[] Log10(double[] totals) => Array.ConvertAll(totals, total => (float)Math.Log10(total));
}
