using ScFm.Model.Nn;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScGpt;

/// <summary>A table of vectors behind which a layer norm stands: of genes, of bins, of batches.</summary>
internal sealed class NormedEmbedding : nn.Module<Tensor, Tensor>
{
    private readonly Embedding embedding;
    private readonly LayerNorm enc_norm;

    /// <summary>Makes the table.</summary>
    /// <param name="rows">Number of vectors.</param>
    /// <param name="width">Width of a vector.</param>
    /// <param name="padding">The row of padding, which is not trained. Default: none.</param>
    public NormedEmbedding(long rows, long width, long? padding = null) : base(nameof(NormedEmbedding))
    {
        embedding = nn.Embedding(rows, width, padding_idx: padding);
        enc_norm = nn.LayerNorm(width);
        RegisterComponents();
    }

    /// <summary>The vectors before the norm, [rows, width].</summary>
    public Parameter Table => embedding.weight!;

    /// <summary>Rows [...], int64, to vectors [..., width].</summary>
    public override Tensor forward(Tensor rows) => Dense.Norm(embedding.call(rows), enc_norm);
}
