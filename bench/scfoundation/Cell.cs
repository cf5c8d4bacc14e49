using ScFm.Model.Models.ScFoundation;

/// <summary>A log-normalised cell of all genes, as the peer holds it.</summary>
/// <param name="Values">Expression of each gene; 0 where it is not expressed.</param>
/// <param name="Masked">True where a gene is hidden from the encoder, shown to the decoder as the mask token, and asked; null asks for all genes and hides none.</param>
internal sealed record Cell(float[] Values, bool[]? Masked = null)
{
    public const double MaskedOfExpressed = 0.3;
    public const float TargetDepth = 4;
    public const float SourceDepth = 3.5f;

    private const double MaskedOfUnexpressed = 0.03;

    /// <summary>Random genes are expressed, evenly between 0.1 and 4.1: the distribution of the peer's cells and of its masks.</summary>
    public static Cell Simulate(Random random, int genes, int expressed, bool isMasked)
    {
        var values = new float[genes];
        var shuffled = Enumerable.Range(0, genes).ToArray();
        random.Shuffle(shuffled);
        foreach (var gene in shuffled.AsSpan(0, expressed))
        {
            values[gene] = random.NextSingle() * 4 + 0.1f;
        }
        return new(values, isMasked ? Array.ConvertAll(values, value => random.NextDouble() < (value > 0 ? MaskedOfExpressed : MaskedOfUnexpressed)) : null);
    }

    /// <summary>Operations of the matrix products that the published model needs for such a cell, two a multiply-add; a training step needs those of three forward passes.</summary>
    public static double Flops(ScFoundationConfig config, Work work, int expressed) => work switch
    {
        Work.Embed => ModelSummary.ForwardFlops(config, expressed, decode: false),
        Work.Expression => ModelSummary.ForwardFlops(config, expressed),
        _ => 3 * ModelSummary.ForwardFlops(config, (int)(expressed * (1 - MaskedOfExpressed))),
    };

    /// <summary>The cell as our model reads it.</summary>
    public CellTokens Tokens()
    {
        var visible = Where(gene => Values[gene] > 0 && Masked?[gene] != true);
        var hidden = Where(gene => Masked?[gene] == true);
        return new()
        {
            Visible = visible,
            VisibleValues = Array.ConvertAll(visible, gene => Values[gene]),
            Hidden = hidden,
            HiddenValues = Array.ConvertAll(hidden, _ => float.NaN),
            TargetDepth = TargetDepth,
            SourceDepth = SourceDepth,
            Wanted = Masked is null ? null : hidden,
            Targets = Array.ConvertAll(hidden, gene => Values[gene]),
        };
    }

    private int[] Where(Func<int, bool> isSo) => [.. Enumerable.Range(0, Values.Length).Where(isSo)];
}
