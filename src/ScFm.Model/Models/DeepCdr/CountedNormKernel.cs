using ScFm.Model.Nn;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Models.DeepCdr;

/// <summary>ReLU, counted batch norm and dropout of <see cref="CountedBatchNorm"/> in one pass over the rows for each sum that is needed, where plain operations make a dozen.</summary>
internal static class CountedNormKernel
{
    private const int Draws = 1 << 16; // dropout is drawn to this part of 1

    /// <summary>True where it can compute with the tensor.</summary>
    public static bool Takes(Tensor rows) => rows.device_type == DeviceType.CPU && rows.dtype == ScalarType.Float32;

    /// <summary>The layer in training.</summary>
    /// <param name="rows">[rows, features].</param>
    /// <param name="weight">[features].</param>
    /// <param name="bias">[features].</param>
    /// <param name="shares">Each row's share of all that the rows stand for.</param>
    /// <param name="epsilon">Added to the variances.</param>
    /// <param name="dropout">Share of the values that become 0.</param>
    /// <returns>The rows, and mean and variance of each feature after ReLU.</returns>
    public static (Tensor Normed, Tensor Mean, Tensor Variance) Apply(Tensor rows, Tensor weight, Tensor bias, float[] shares, double epsilon, double dropout)
    {
        // one number of torch's generator a layer, so that a run that goes on from a checkpoint drops the same
        var seed = dropout > 0 ? (ulong)randint(long.MaxValue, [1]).item<long>() : 0;
        var statistics = new Statistics(shares, epsilon, dropout, seed);
        var normed = Function.apply(rows, weight, bias, statistics);
        return (normed, tensor(statistics.Mean), tensor(statistics.Variance));
    }

    /// <summary>What the forward pass leaves for the backward one.</summary>
    private sealed class Statistics(float[] shares, double epsilon, double dropout, ulong seed)
    {
        private readonly int threshold = (int)Math.Round(dropout * Draws);

        public float[] Mean { get; private set; } = [];

        public float[] Variance { get; private set; } = [];

        // The same rows and features in both passes, whatever the number of threads.
        public unsafe Tensor Forward(Tensor rows, Tensor weight, Tensor bias)
        {
            using var whole = rows.contiguous();
            var (count, width) = ((int)rows.shape[0], (int)rows.shape[1]);
            var output = empty(count, width);
            float[] gamma = weight.data<float>().ToArray(), beta = bias.data<float>().ToArray();
            fixed (byte* from = whole.bytes)
            fixed (byte* to = output.bytes)
            {
                var (input, made) = ((nint)from, (nint)to);
                var mean = RowParts.Sum(count, width, (first, last, sum) =>
                {
                    for (var row = first; row < last; row++)
                    {
                        RowMath.AddPositive(Row(input, row, width), shares[row], sum);
                    }
                });
                var variance = RowParts.Sum(count, width, (first, last, sum) =>
                {
                    for (var row = first; row < last; row++)
                    {
                        RowMath.AddSquare(Row(input, row, width), mean, shares[row], sum);
                    }
                });
                var scale = new float[width];
                var shift = new float[width];
                var kept = 1 / (1 - (float)threshold / Draws);
                for (var feature = 0; feature < width; feature++)
                {
                    scale[feature] = (float)(gamma[feature] / Math.Sqrt(variance[feature] + epsilon));
                    shift[feature] = kept * (beta[feature] - mean[feature] * scale[feature]);
                    scale[feature] *= kept;
                }
                RowParts.Each(count, (first, last) =>
                {
                    for (var row = first; row < last; row++)
                    {
                        var target = Row(made, row, width);
                        RowMath.Scale(Row(input, row, width), scale, shift, target);
                        Drop(row, target);
                    }
                });
                (Mean, Variance) = (mean, variance);
            }
            return output;
        }

        public unsafe (Tensor Rows, Tensor Weight, Tensor Bias) Backward(Tensor rows, Tensor weight, Tensor gradient)
        {
            using var whole = rows.contiguous();
            using var given = gradient.contiguous();
            var (count, width) = ((int)rows.shape[0], (int)rows.shape[1]);
            var result = empty(count, width);
            var gamma = weight.data<float>().ToArray();
            var inverse = Array.ConvertAll(Variance, variance => (float)(1 / Math.Sqrt(variance + epsilon)));
            var kept = 1 / (1 - (float)threshold / Draws);
            fixed (byte* from = whole.bytes)
            fixed (byte* upper = given.bytes)
            fixed (byte* to = result.bytes)
            {
                var (input, above, made) = ((nint)from, (nint)upper, (nint)to);
                // what comes from above, less what was dropped, lies in the result until it is overwritten
                var sums = RowParts.Sum(count, 2 * width, (first, last, sum) =>
                {
                    for (var row = first; row < last; row++)
                    {
                        var target = Row(made, row, width);
                        RowMath.Multiply(Row(above, row, width), kept, target);
                        Drop(row, target);
                        RowMath.AddGradients(target, Row(input, row, width), Mean, inverse, sum[..width], sum[width..]);
                    }
                });
                RowParts.Each(count, (first, last) =>
                {
                    for (var row = first; row < last; row++)
                    {
                        RowMath.Gradient(Row(made, row, width), Row(input, row, width), Mean, inverse, gamma, sums.AsSpan(0, width), sums.AsSpan(width), shares[row]);
                    }
                });
                return (result, tensor(sums[width..]), tensor(sums[..width]));
            }
        }

        private void Drop(int row, Span<float> values)
        {
            if (threshold == 0)
            {
                return;
            }
            var state = seed + (ulong)row * 0x9E3779B97F4A7C15;
            for (var feature = 0; feature < values.Length; feature += 4)
            {
                // SplitMix64 (Steele et al. 2014), 16 bits a value
                var bits = state += 0x9E3779B97F4A7C15;
                bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
                bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
                bits ^= bits >> 31;
                for (var i = feature; i < Math.Min(feature + 4, values.Length); i++, bits >>= 16)
                {
                    values[i] = (int)(bits & (Draws - 1)) < threshold ? 0 : values[i];
                }
            }
        }

        private static unsafe Span<float> Row(nint start, int row, int width) => new((float*)start + (long)row * width, width);
    }

    private sealed class Function : autograd.SingleTensorFunction<Function>
    {
        public override string Name => nameof(CountedBatchNorm);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var (rows, weight, bias, statistics) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2], (Statistics)vars[3]);
            ctx.save_for_backward([rows, weight]);
            ctx.save_data(nameof(Statistics), statistics);
            return statistics.Forward(rows, weight, bias);
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            var saved = ctx.get_saved_variables();
            var (rows, weight, bias) = ((Statistics)ctx.get_data(nameof(Statistics))!).Backward(saved[0], saved[1], grad_output);
            return [rows, weight, bias, null!];
        }
    }
}
