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
            tokens = block.forward(tokens, cells, attended);
        }
        return Dense.Norm(tokens, norm);
    }
}
