using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScGpt;

/// <summary>A batch norm of its own for each batch that cells were made in, without scale and shift.</summary>
/// <remarks>
/// Source: domain-specific batch normalisation (Chang et al. 2019); reference file scgpt/model/dsbn.py. The reference takes all cells of a forward pass for cells of the first one's
/// batch, so that it may train on one batch of cells at a time only; here each cell goes through its own norm.
/// </remarks>
internal sealed class BatchNorms : nn.Module<Tensor, Tensor, Tensor>
{
    /// <summary>What the reference adds to variances.</summary>
    public const double Epsilon = 6.1e-5;

    private readonly ModuleList<BatchNorm1d> bns;

    /// <summary>Makes the norms.</summary>
    /// <param name="width">Width of a token.</param>
    /// <param name="batches">Number of batches.</param>
    public BatchNorms(long width, int batches) : base(nameof(BatchNorms))
    {
        bns = new ModuleList<BatchNorm1d>([.. Enumerable.Range(0, batches).Select(_ => nn.BatchNorm1d(width, Epsilon, affine: false))]);
        RegisterComponents();
    }

    /// <summary>Tokens [R, width] to normed ones.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="batchOf">The batch of each, [R], int64.</param>
    public override Tensor forward(Tensor tokens, Tensor batchOf)
    {
        var (places, normed) = (new List<Tensor>(), new List<Tensor>());
        for (var batch = 0; batch < bns.Count; batch++)
        {
            var own = batchOf.eq(batch).nonzero().flatten();
            if (own.numel() > 0)
            {
                places.Add(own);
                normed.Add(bns[batch].call(tokens.index_select(0, own)));
            }
        }
        return cat(normed).index_select(0, cat(places).argsort());
    }
}
