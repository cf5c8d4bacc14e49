using ScFm.Model.Nn;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Model.Models.Scad;

/// <summary>Three dense layers of one width with dropout and leaky ReLU, and one that makes a number of the last: the log odds of a class.</summary>
internal sealed class LeakyLayers : nn.Module<Tensor, Tensor>
{
    private const int Count = 3;
    private const double Slope = 0.01;

    private readonly ModuleList<Linear> layers;
    private readonly Linear output;
    private readonly double dropout;

    /// <summary>Makes the layers.</summary>
    /// <param name="width">Their width, and that of what goes in.</param>
    /// <param name="dropout">Dropout in training.</param>
    public LeakyLayers(long width, double dropout) : base(nameof(LeakyLayers))
    {
        layers = nn.ModuleList([.. Enumerable.Range(0, Count).Select(_ => nn.Linear(width, width))]);
        (output, this.dropout) = (nn.Linear(width, 1), dropout);
        RegisterComponents();
    }

    /// <summary>[B, width] to log odds [B].</summary>
    public override Tensor forward(Tensor x)
    {
        foreach (var layer in layers)
        {
            x = F.leaky_relu(F.dropout(Dense.Linear(x, layer), dropout, training), Slope);
        }
        return Dense.Linear(x, output).squeeze(1);
    }
}
