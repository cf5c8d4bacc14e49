using ScFm.Model.Nn;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Model.Models.ScGpt;

/// <summary>Two layers and a norm that make a vector of a number; those that stand for padding and a hidden value go through them like bins.</summary>
internal sealed class NumberEmbedding : nn.Module<Tensor, Tensor>
{
    private const double Largest = 512;

    private readonly Linear linear1;
    private readonly Linear linear2;
    private readonly LayerNorm norm;
    private readonly double dropout;

    /// <summary>Makes the layers.</summary>
    /// <param name="width">Width of a vector.</param>
    /// <param name="dropout">Dropout in training of the vectors, 0 to 1.</param>
    public NumberEmbedding(long width, double dropout) : base(nameof(NumberEmbedding))
    {
        linear1 = nn.Linear(1, width);
        linear2 = nn.Linear(width, width);
        norm = nn.LayerNorm(width);
        this.dropout = dropout;
        RegisterComponents();
    }

    /// <summary>Numbers [R], cut at 512, to vectors [R, width].</summary>
    public override Tensor forward(Tensor numbers)
    {
        var hidden = F.relu(Dense.Linear(numbers.clamp_max(Largest).unsqueeze(-1), linear1));
        var vectors = Dense.Norm(Dense.Linear(hidden, linear2), norm);
        return training && dropout > 0 ? F.dropout(vectors, dropout) : vectors;
    }
}
