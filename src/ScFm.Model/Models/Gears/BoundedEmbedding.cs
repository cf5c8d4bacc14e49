using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Models.Gears;

/// <summary>A table of learnt vectors that are no longer than 1: what has grown longer is scaled back where it lies when the table is looked up, as torch's max_norm does.</summary>
internal sealed class BoundedEmbedding : nn.Module
{
    private const double Epsilon = 1e-7; // torch's

    private readonly Parameter weight;

    /// <summary>Makes a table of standard normal numbers from torch's generator.</summary>
    /// <param name="rows">Vectors.</param>
    /// <param name="width">Their width.</param>
    public BoundedEmbedding(long rows, long width) : base(nameof(BoundedEmbedding))
    {
        weight = nn.Parameter(randn(rows, width));
        RegisterComponents();
    }

    /// <summary>All vectors, [rows, width].</summary>
    public Tensor LookUp()
    {
        using (no_grad())
        {
            var length = weight.square().sum(1, keepdim: true).sqrt();
            weight.mul_(where(length > 1, (length + Epsilon).reciprocal(), ones_like(length)));
        }
        return weight;
    }
}
