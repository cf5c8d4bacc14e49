using System.ComponentModel.DataAnnotations;

namespace ScFm.Model.Nn;

/// <summary>The shape of an <see cref="EncoderBlock"/>; the defaults are those of PyTorch's TransformerEncoderLayer.</summary>
/// <param name="Width">Width of a token.</param>
/// <param name="Heads">Attention heads; they divide the width.</param>
public sealed record EncoderBlockOptions(long Width, long Heads)
{
    /// <summary>Width of the feed-forward layer, 1 or more. Default: four times <see cref="Width"/>.</summary>
    [Range(1, int.MaxValue)] public long FeedForward { get; init; } = 4 * Width;

    /// <summary>Added to the variance by the norms, above 0. Default: 0.00001; BERT: 1e-12.</summary>
    [Range(1e-30, 1)] public double Epsilon { get; init; } = 1e-5;

    /// <summary>Dropout in training of what attention and feed-forward add to the tokens, 0 to 1. Default: 0.</summary>
    [Range(0, 1)] public double Dropout { get; init; }

    /// <summary>Dropout in training of the attention weights, 0 to 1. Default: 0.</summary>
    [Range(0, 1)] public double AttentionDropout { get; init; }

    /// <summary>Dropout in training between the two layers of the feed-forward, 0 to 1. Default: 0, as in BERT.</summary>
    [Range(0, 1)] public double InnerDropout { get; init; }
}
