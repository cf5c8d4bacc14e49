using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScBert;

/// <summary>An scBERT with a head that tells cell types.</summary>
public sealed class ScBertClassifierModule : nn.Module<BinBatch, Tensor>
{
    private readonly ScBertModule body;
    private readonly ConvolutionHead head;

    /// <summary>Puts a head on a model.</summary>
    public ScBertClassifierModule(ScBertModule body, ConvolutionHead head) : base(nameof(ScBertClassifierModule))
    {
        (this.body, this.head) = (body, head);
        RegisterComponents();
        head.to(body.Device);
    }

    /// <summary>The model.</summary>
    public ScBertModule Body => body;

    /// <summary>The head.</summary>
    public ConvolutionHead Head => head;

    /// <summary>The logits of the types, [B, types].</summary>
    public override Tensor forward(BinBatch batch) => head.call(body.Encode(batch));
}
