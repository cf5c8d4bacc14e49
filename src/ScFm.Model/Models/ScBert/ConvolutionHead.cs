using MathNet.Numerics.Statistics;
using ScFm.Model.Nn;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Model.Models.ScBert;

/// <summary>Tells cell types from the states of all tokens: one number a token, by a convolution that is as wide as a state, then three dense layers.</summary>
/// <remarks>Source: scBERT (Yang et al. 2022), Methods, "Supervised learning on specific tasks"; the layers' widths are those of its reference code.</remarks>
public sealed class ConvolutionHead : nn.Module<Tensor, Tensor>
{
    private readonly Linear conv1; // a convolution with one channel and one step across the state
    private readonly Linear fc1;
    private readonly Linear fc2;
    private readonly Linear fc3;

    /// <summary>Makes the head.</summary>
    /// <param name="width">Width of a state.</param>
    /// <param name="tokens">Tokens of a cell: its genes and one more.</param>
    /// <param name="types">Number of cell types.</param>
    /// <param name="first">Width of the first dense layer. Default: 512, as published.</param>
    /// <param name="second">Width of the second. Default: 128, as published.</param>
    public ConvolutionHead(long width, long tokens, long types, long first = 512, long second = 128) : base(nameof(ConvolutionHead))
    {
        conv1 = nn.Linear(width, 1);
        fc1 = nn.Linear(tokens, first);
        fc2 = nn.Linear(first, second);
        fc3 = nn.Linear(second, types);
        RegisterComponents();
    }

    /// <summary>States [B, N + 1, width] to the logits of the types, [B, types].</summary>
    public override Tensor forward(Tensor states)
    {
        var tokens = F.relu(Convolve(states)).flatten(1); // [B, N + 1]
        return Dense.Linear(F.relu(Dense.Linear(F.relu(Dense.Linear(tokens, fc1)), fc2)), fc3);
    }

    /// <summary>One number a token before what is below 0 is cut off, [B, N + 1, 1].</summary>
    internal Tensor Convolve(Tensor states) => Dense.Linear(states, conv1);

    /// <summary>Starts where half of the tokens' numbers are above 0.</summary>
    /// <remarks>
    /// The states of a pretrained model have much in common, so that with random weights the numbers of nearly all tokens may lie below 0, where they are cut off and have no gradient: such a
    /// head never learns more than the types' shares.
    /// </remarks>
    /// <param name="numbers">What <see cref="Convolve"/> makes of some cells' tokens.</param>
    internal void StartAmid(IEnumerable<float> numbers)
    {
        using var _ = no_grad();
        conv1.bias!.sub_((float)numbers.Median());
    }

    /// <summary>Starts at the types' shares; see <see cref="LogShares"/>.</summary>
    /// <param name="shares">The share of each type, 0 to 1.</param>
    public void StartAt(IReadOnlyList<double> shares) => LogShares.StartAt(fc3, shares);
}
