using ScFm.Model.Nn;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Models.DeepCdr;

/// <summary>A convolution along a row, without padding: each patch through one linear layer. Pooling takes the largest of neighbours that do not overlap, and leaves what is over.</summary>
internal sealed class PatchConvolution : nn.Module<Tensor, Tensor>
{
    private const long PatchesAtOnce = 16; // longer runs have wider bands, shorter ones more copies of the row

    private readonly Linear linear;
    private readonly long channels;
    private readonly long length;
    private readonly long step;

    /// <summary>Makes the convolution.</summary>
    /// <param name="channels">Channels that come in.</param>
    /// <param name="filters">Channels that go out.</param>
    /// <param name="length">Length of a patch.</param>
    /// <param name="step">How far apart patches begin. Default: 1.</param>
    public PatchConvolution(long channels, long filters, long length, long step = 1) : base(nameof(PatchConvolution))
    {
        (linear, this.channels, this.length, this.step) = (nn.Linear(channels * length, filters), channels, length, step);
        RegisterComponents();
    }

    /// <summary>[B, places, channels] to [B, patches, filters]; the weight of a filter is channel by channel, and place by place within.</summary>
    public override Tensor forward(Tensor row)
    {
        if (channels == 1 && step == 1 && BandedWeight.Takes(linear.weight!))
        {
            var patches = row.shape[1] - length + 1;
            var runs = (patches + PatchesAtOnce - 1) / PatchesAtOnce;
            var width = PatchesAtOnce + length - 1;
            var whole = cat([row.squeeze(2), zeros([row.shape[0], runs * PatchesAtOnce - patches], row.dtype, row.device)], 1);
            var found = Dense.Linear(whole.unfold(1, width, PatchesAtOnce), BandedWeight.Of(linear.weight!, width), null);
            return found.reshape(row.shape[0], runs * PatchesAtOnce, -1).narrow(1, 0, patches) + linear.bias!;
        }
        return Dense.Linear(row.unfold(1, length, step).flatten(2), linear);
    }

    /// <summary>The largest of each run of places, [B, places, channels] to [B, places / size, channels].</summary>
    public static Tensor Pool(Tensor row, long size)
    {
        var places = row.shape[1] / size;
        return row.narrow(1, 0, places * size).reshape(row.shape[0], places, size, row.shape[2]).max(2).values;
    }
}
