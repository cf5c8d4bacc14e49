using ScFm.Model.Nn;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Model.Models.DeepCdr;

/// <summary>The part of a DeepCDR that reads marks along the genome, such as mutations, by convolutions.</summary>
internal sealed class ConvolvedBranch : nn.Module<Tensor, Tensor>
{
    private const int FirstLength = 700;
    private const int FirstStep = 5;
    private const int FirstPool = 5;
    private const int SecondLength = 5;
    private const int SecondStep = 2;
    private const int SecondPool = 10;
    private const int SecondFilters = 30;

    /// <summary>The shortest row of which something is left after both convolutions.</summary>
    public const int LeastWidth = FirstLength + FirstStep * (FirstPool * (SecondLength + SecondStep * (SecondPool - 1)) - 1);

    private readonly PatchConvolution first;
    private readonly PatchConvolution second;
    private readonly Linear output;
    private readonly double dropout;

    /// <summary>Makes the branch.</summary>
    /// <param name="inputs">Places in a row, <see cref="LeastWidth"/> or more.</param>
    /// <param name="dropout">Dropout in training.</param>
    public ConvolvedBranch(long inputs, double dropout) : base(nameof(ConvolvedBranch))
    {
        const int firstFilters = 50;
        (first, second) = (new PatchConvolution(1, firstFilters, FirstLength, FirstStep), new PatchConvolution(firstFilters, SecondFilters, SecondLength, SecondStep));
        (output, this.dropout) = (nn.Linear(Flat(inputs), DenseBranch.Width), dropout);
        RegisterComponents();
    }

    /// <summary>Numbers that both convolutions leave of a row.</summary>
    /// <param name="inputs">Places in a row, <see cref="LeastWidth"/> or more.</param>
    public static long Flat(long inputs)
    {
        var pooled = ((inputs - FirstLength) / FirstStep + 1) / FirstPool;
        return ((pooled - SecondLength) / SecondStep + 1) / SecondPool * SecondFilters;
    }

    /// <summary>[B, inputs] to [B, 100].</summary>
    public override Tensor forward(Tensor cells)
    {
        var row = PatchConvolution.Pool(first.call(cells.unsqueeze(2)).tanh(), FirstPool);
        row = PatchConvolution.Pool(F.relu(second.call(row)), SecondPool);
        return F.dropout(F.relu(Dense.Linear(row.flatten(1), output)), dropout, training);
    }
}
