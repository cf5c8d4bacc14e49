using ScFm.Model.Nn;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>The encoder: softmax attention over the expressed, unmasked genes, T and S.</summary>
public sealed class Encoder : nn.Module<Tensor, CellRows, Tensor>
{
    private readonly ModuleList<EncoderBlock> transformer_encoder;
    private readonly LayerNorm norm;

    /// <summary>Makes the encoder.</summary>
    public Encoder(ScFoundationConfig config) : base(nameof(Encoder))
    {
        transformer_encoder = new ModuleList<EncoderBlock>(
            [.. Enumerable.Range(0, config.EncoderDepth).Select(_ => new EncoderBlock(config.EncoderWidth, config.EncoderHeads, config.Dropout))]);
        norm = nn.LayerNorm(config.EncoderWidth);
        RegisterComponents();
    }

    /// <summary>True to compute each block a second time in the backward pass instead of keeping what is inside it; see <see cref="ActivationCheckpoint"/>. Default: false.</summary>
    public bool RecomputeActivations { get; set; }

    /// <summary>Scales down what every block adds to its input.</summary>
    public void ScaleResiduals(double factor)
    {
        foreach (var block in transformer_encoder)
        {
            block.ScaleResiduals(factor);
        }
    }

    /// <summary>Tokens [R, D] of some cells to tokens [R, D].</summary>
    public override Tensor forward(Tensor tokens, CellRows cells) => forward(tokens, cells, null);

    /// <summary>The same, where some tokens are attended to by none: false for them in <paramref name="attended"/>, [R].</summary>
    public Tensor forward(Tensor tokens, CellRows cells, Tensor? attended)
    {
        foreach (var block in transformer_encoder)
        {
            tokens = RecomputeActivations ? ActivationCheckpoint.Run(block, input => block.forward(input, cells, attended), tokens) : block.forward(tokens, cells, attended);
        }
        return Dense.Norm(tokens, norm);
    }
}
