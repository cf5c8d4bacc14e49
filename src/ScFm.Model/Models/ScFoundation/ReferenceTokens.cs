namespace ScFm.Model.Models.ScFoundation;

/// <summary>Cells as the reference reads its rows: T and S are values like any gene's, and two values are codes.</summary>
/// <remarks>
/// Source: gatherData and getEncoerDecoderData of the reference's load.py. A token is visible where its value is above zero, T and S included;
/// a value equal to the mask's code is the mask vector, one equal to the padding's is the padding vector, to which nothing attends.
/// </remarks>
public static class ReferenceTokens
{
    /// <summary>The value that the reference takes for the mask: two more than the bins in every known configuration. Published: 102.</summary>
    public static float MaskCode(ScFoundationConfig config) => config.Bins + 2;

    /// <summary>The value that the reference takes for padding, also the position of what it pads with: three more than the bins. Published: 103.</summary>
    public static int PaddingCode(ScFoundationConfig config) => config.Bins + 3;

    /// <summary>The tokens of one row.</summary>
    /// <param name="genes">Genes whose value is not zero, ascending.</param>
    /// <param name="values">Their values; may be negative, which the decoder sees and the encoder does not.</param>
    /// <param name="targetDepth">The value T.</param>
    /// <param name="sourceDepth">The value S.</param>
    /// <param name="config">The model's sizes.</param>
    /// <param name="wanted">Genes whose expression is asked. Default: all.</param>
    public static CellTokens Of(
        ReadOnlySpan<int> genes, ReadOnlySpan<float> values, float targetDepth, float sourceDepth, ScFoundationConfig config, int[]? wanted = null)
    {
        var (visible, visibleValues, padding) = (new List<int>(), new List<float>(), new List<int>());
        var (hidden, hiddenValues) = (new List<int>(), new List<float>());
        void Add(int position, float value)
        {
            if (value < 0)
            {
                hidden.Add(position);
                hiddenValues.Add(value);
            }
            else if (value > 0)
            {
                if (value == PaddingCode(config))
                {
                    padding.Add(visible.Count);
                }
                visible.Add(position);
                visibleValues.Add(value == MaskCode(config) ? float.NaN : value);
            }
        }
        for (var i = 0; i < genes.Length; i++)
        {
            Add(genes[i], values[i]);
        }
        Add(config.Genes, targetDepth);
        Add(config.Genes + 1, sourceDepth);
        return new CellTokens
        {
            DepthsAmongGenes = true,
            Visible = [.. visible],
            VisibleValues = [.. visibleValues],
            Padding = [.. padding],
            Hidden = [.. hidden],
            HiddenValues = [.. hiddenValues],
            TargetDepth = targetDepth,
            SourceDepth = sourceDepth,
            Wanted = wanted,
        };
    }

    /// <summary>Fills the visible tokens of each cell up to those of the longest, with tokens that a pooling sees: what the reference's fine-tuning head pools over.</summary>
    /// <param name="cells">Cells of one batch, for the encoder alone.</param>
    /// <param name="config">The model's sizes.</param>
    /// <param name="multipleOf">The length is brought to a multiple of this, 1 or more. Default: 1.</param>
    public static CellTokens[] Pad(IReadOnlyList<CellTokens> cells, ScFoundationConfig config, int multipleOf = 1)
    {
        var longest = cells.Max(cell => cell.Visible.Length);
        var length = (longest + multipleOf - 1) / multipleOf * multipleOf;
        var code = PaddingCode(config);
        return
        [
            .. cells.Select(cell =>
            {
                var missing = length - cell.Visible.Length;
                return new CellTokens
                {
                    DepthsAmongGenes = cell.DepthsAmongGenes,
                    Visible = [.. cell.Visible, .. Enumerable.Repeat(code, missing)],
                    VisibleValues = [.. cell.VisibleValues, .. Enumerable.Repeat((float)code, missing)],
                    Padding = [.. cell.Padding, .. Enumerable.Range(cell.Visible.Length, missing)],
                    TargetDepth = cell.TargetDepth,
                    SourceDepth = cell.SourceDepth,
                    Wanted = cell.Wanted,
                };
            }),
        ];
    }
}
