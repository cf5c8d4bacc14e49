using ScFm.Model.Nn;
using ScFm.Model.Tables;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>How large a scFoundation is and what a cell costs.</summary>
public static class ModelSummary
{
    /// <summary>The parameters of each part.</summary>
    public static Table Parameters(ScFoundationModule module)
    {
        var parts = module.named_parameters().GroupBy(p => p.name.Split('.')[0]).Select(g => (part: g.Key, count: g.Sum(p => p.parameter.numel()))).ToArray();
        return new Table(
            new TextColumn("part", [.. parts.Select(p => PartName(p.part)), "all"]),
            new IntegerColumn("parameters", [.. parts.Select(p => p.count), parts.Sum(p => p.count)]));
    }

    /// <summary>Floating-point operations of the matrix products of one forward pass, two a multiply-add.</summary>
    /// <param name="config">The sizes.</param>
    /// <param name="expressed">Expressed genes of the cell.</param>
    /// <param name="decode">False for the encoder alone, as for an embedding. Default: true.</param>
    public static double ForwardFlops(ScFoundationConfig config, int expressed, bool decode = true)
    {
        double k = expressed + 2, d = config.EncoderWidth, bins = config.Bins;
        var embedding = 2 * k * (bins + bins * bins + bins * d);
        var encoder = config.EncoderDepth * (2 * k * 12 * d * d + 4 * k * k * d);
        if (!decode)
        {
            return embedding + encoder;
        }
        double n = config.Positions, w = config.DecoderWidth, h = config.DecoderHeads * config.DecoderHeadWidth;
        var features = config.DecoderHeads * (double)RandomFeatures.Count(config.DecoderHeadWidth);
        var project = 2 * n * d * w;
        var decoder = config.DecoderDepth * 2 * n * (4 * w * h + 8 * w * w + features * config.DecoderHeadWidth * 4);
        return embedding + encoder + project + decoder + 2 * n * w;
    }

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
