using ScFm.Model.Nn;
using ScFm.Model.Tables;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>How large a scFoundation is and what a cell costs.</summary>
public static class ModelSummary
{
    /// <summary>Operations of a training step over those of its forward pass: the gradient of a product is two products.</summary>
    public const int ForwardAndBackward = 3;

    /// <summary>The parameters of each part.</summary>
    public static Table Parameters(ScFoundationModule module)
    {
        var parts = module.named_parameters().GroupBy(p => p.name.Split('.')[0]).Select(g => (part: g.Key, count: g.Sum(p => p.parameter.numel()))).ToArray();
        return new Table(
            new TextColumn("part", [.. parts.Select(p => PartName(p.part)), "all"]),
            new IntegerColumn("parameters", [.. parts.Select(p => p.count), parts.Sum(p => p.count)]));
    }

    /// <summary>Floating-point operations of the matrix products of one forward pass of one cell, two a multiply-add.</summary>
    /// <param name="config">The sizes.</param>
    /// <param name="expressed">Expressed genes of the cell.</param>
    /// <param name="decode">False for the encoder alone, as for an embedding. Default: true.</param>
    public static double ForwardFlops(ScFoundationConfig config, int expressed, bool decode = true)
    {
        double k = expressed + 2, n = config.Positions;
        var encode = Embed(config, k) + Encode(config, k);
        return decode ? encode + Project(config, n) + config.DecoderDepth * (Summarise(config, n) + Ask(config, n)) + Output(config, n) : encode;
    }

    /// <summary>
    /// Floating-point operations of one forward pass of a batch, as it is computed here: without padding, the positions that all cells share once, and
    /// of the last decoder block the wanted positions only.
    /// </summary>
    /// <param name="config">The sizes.</param>
    /// <param name="cells">The cells of the batch.</param>
    public static double ForwardFlops(ScFoundationConfig config, IReadOnlyList<CellTokens> cells)
    {
        double n = config.Positions, flops = Project(config, n);
        var isShared = config.DecoderDepth == 1 && cells[0].Wanted is not null;
        if (isShared)
        {
            flops += Summarise(config, n);
        }
        foreach (var cell in cells)
        {
            double visible = cell.Visible.Length + 2, own = visible + cell.Hidden.Length, asked = cell.Wanted?.Length ?? n;
            flops += Embed(config, own) + Encode(config, visible) + Project(config, own) + Output(config, asked) + Ask(config, asked);
            // the products of the keys that a cell replaces are summed again, to be taken away; their features are known
            flops += isShared ? Summarise(config, own) + KeyProducts(config, own) / 2 : config.DecoderDepth * Summarise(config, n);
            flops += (config.DecoderDepth - 1) * Ask(config, cell.Wanted is null ? n : n + asked);
        }
        return flops;
    }

    private static double Embed(ScFoundationConfig config, double tokens) =>
        2 * tokens * (config.Bins + (double)config.Bins * config.Bins + (double)config.Bins * config.EncoderWidth);

    private static double Encode(ScFoundationConfig config, double tokens) =>
        config.EncoderDepth * (24 * tokens * config.EncoderWidth * config.EncoderWidth + 4 * tokens * tokens * config.EncoderWidth);

    private static double Project(ScFoundationConfig config, double tokens) => 2 * tokens * config.EncoderWidth * config.DecoderWidth;

    /// <summary>Keys, values and their summed products of one decoder block.</summary>
    private static double Summarise(ScFoundationConfig config, double tokens) => 4 * tokens * config.DecoderWidth * Inner(config) + KeyProducts(config, tokens);

    /// <summary>Queries, attention and feed-forward of one decoder block.</summary>
    private static double Ask(ScFoundationConfig config, double tokens) =>
        2 * tokens * config.DecoderWidth * (2.0 * Inner(config) + 8.0 * config.DecoderWidth) + KeyProducts(config, tokens);

    /// <summary>The random features of keys (or queries), and their products with values (or sums).</summary>
    private static double KeyProducts(ScFoundationConfig config, double tokens) =>
        4 * tokens * config.DecoderHeads * RandomFeatures.Count(config.DecoderHeadWidth) * config.DecoderHeadWidth;

    private static double Output(ScFoundationConfig config, double tokens) => 2 * tokens * config.DecoderWidth;

    private static double Inner(ScFoundationConfig config) => (double)config.DecoderHeads * config.DecoderHeadWidth;

    private static string PartName(string field) => field switch
    {
        "token_emb" => "value embedding",
        "pos_emb" => "gene embedding",
        "decoder_embed" => "encoder to decoder",
        "norm" => "output norm",
        "to_final" => "output",
        _ => field,
    };
}
