using ScFm.Model.Nn;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScGpt;

/// <summary>The transformer blocks, one after another.</summary>
internal sealed class BlockStack : nn.Module
{
    private readonly ModuleList<EncoderBlock> layers;

    /// <summary>Makes the blocks.</summary>
    public BlockStack(ScGptConfig config) : base(nameof(BlockStack))
    {
        var block = new EncoderBlockOptions(config.Width, config.Heads)
        {
            FeedForward = config.FeedForward,
            Dropout = config.Dropout,
            InnerDropout = config.Dropout,
            AttentionDropout = config.AttentionDropout ?? config.Dropout,
        };
        layers = new ModuleList<EncoderBlock>([.. Enumerable.Range(0, config.Layers).Select(_ => new EncoderBlock(block))]);
        RegisterComponents();
    }

    /// <summary>Tokens [R, width] to states [R, width].</summary>
    public Tensor Run(Tensor tokens, ScGptBatch batch)
    {
        foreach (var layer in layers)
        {
            tokens = layer.forward(tokens, batch.Rows, batch.Attended, batch.AttendsItself);
        }
        return tokens;
    }
}
