using ScFm.Model.Nn;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Models.DeepCdr;

/// <summary>The weight of a convolution along a row of one channel as that of a dense layer for a run of patches: a band that moves by one place from patch to patch.</summary>
/// <remarks>One large product instead of copies of every patch of every example, each a hundred times as long as the row; for runs that are short beside a patch hardly more arithmetic.</remarks>
internal static class BandedWeight
{
    /// <summary>True where it can compute with the tensor.</summary>
    public static bool Takes(Tensor weight) => weight.device_type == DeviceType.CPU && weight.dtype == ScalarType.Float32;

    /// <summary>[filters, length] to [patches * filters, places], with places - length + 1 patches.</summary>
    public static Tensor Of(Tensor weight, long places) => Function.apply(weight, places);

    private static float[] Spread(ReadOnlySpan<float> weight, int filters, int length, int places)
    {
        var band = new float[(places - length + 1) * filters * places];
        for (var row = 0; row < (places - length + 1) * filters; row++)
        {
            weight.Slice(row % filters * length, length).CopyTo(band.AsSpan(row * places + row / filters, length));
        }
        return band;
    }

    private static float[] Gathered(ReadOnlySpan<float> band, int filters, int length, int places)
    {
        var weight = new float[filters * length];
        for (var row = 0; row < (places - length + 1) * filters; row++)
        {
            RowMath.Add(band.Slice(row * places + row / filters, length), 1, weight.AsSpan(row % filters * length, length));
        }
        return weight;
    }

    private sealed class Function : autograd.SingleTensorFunction<Function>
    {
        public override string Name => nameof(BandedWeight);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var (weight, places) = ((Tensor)vars[0], (long)vars[1]);
            var (filters, length) = ((int)weight.shape[0], (int)weight.shape[1]);
            ctx.save_data(nameof(filters), (filters, length));
            using var whole = weight.contiguous();
            return tensor(Spread(whole.data<float>().ToArray(), filters, length, (int)places), [(places - length + 1) * filters, places]);
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            var (filters, length) = ((int, int))ctx.get_data("filters")!;
            using var whole = grad_output.contiguous();
            return [tensor(Gathered(Floats(whole), filters, length, (int)grad_output.shape[1]), [filters, length]), null!];
        }

        private static ReadOnlySpan<float> Floats(Tensor whole) => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(whole.bytes);
    }
}
