using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Nn;

/// <summary>Weighted sums of rows: a sparse matrix that a dense one is multiplied by, such as a graph's adjacency.</summary>
/// <remarks>Each row has a few terms only, so that the product costs next to nothing beside the dense layers, where a dense matrix would cost as much as these.</remarks>
internal sealed class WeightedSums
{
    private readonly int columns;
    private readonly int[] offsets; // of row i, the terms offsets[i] to offsets[i + 1]
    private readonly int[] places;
    private readonly float[] weights;
    private WeightedSums? transposed;

    /// <summary>Makes the sums.</summary>
    /// <param name="columns">Rows of the matrix that is summed.</param>
    /// <param name="offsets">Where the terms of each sum begin, and where the last end.</param>
    /// <param name="places">Which row each term is.</param>
    /// <param name="weights">What it is multiplied by.</param>
    public WeightedSums(int columns, int[] offsets, int[] places, float[] weights) =>
        (this.columns, this.offsets, this.places, this.weights) = (columns, offsets, places, weights);

    /// <summary>Number of sums.</summary>
    public int Rows => offsets.Length - 1;

    /// <summary>The sums of the rows of x [columns, features], [rows, features]; x may be differentiated.</summary>
    public Tensor Of(Tensor x) => Function.apply(x, this);

    private WeightedSums Transposed() => transposed ??= Turned();

    private WeightedSums Turned()
    {
        var begin = new int[columns + 1];
        foreach (var place in places)
        {
            begin[place + 1]++;
        }
        for (var i = 0; i < columns; i++)
        {
            begin[i + 1] += begin[i];
        }
        var (next, from, by) = (begin[..^1], new int[places.Length], new float[places.Length]);
        for (var row = 0; row < Rows; row++)
        {
            for (var term = offsets[row]; term < offsets[row + 1]; term++)
            {
                var at = next[places[term]]++;
                (from[at], by[at]) = (row, weights[term]);
            }
        }
        return new WeightedSums(Rows, begin, from, by) { transposed = this };
    }

    private Tensor Multiply(Tensor x) =>
        x.device_type == DeviceType.CPU && x.dtype == ScalarType.Float32 ? OnProcessor(x) : InPlainOperations(x);

    private Tensor OnProcessor(Tensor x)
    {
        using var whole = x.contiguous();
        var width = (int)x.shape[1];
        var sums = empty(Rows, width);
        unsafe
        {
            fixed (byte* input = whole.bytes)
            fixed (byte* output = sums.bytes)
            {
                var (given, made, parts) = ((nint)input, (nint)output, Environment.ProcessorCount);
                Parallel.For(0, parts, part =>
                {
                    for (var row = (int)((long)Rows * part / parts); row < (int)((long)Rows * (part + 1) / parts); row++)
                    {
                        var sum = new Span<float>((float*)made + (long)row * width, width);
                        sum.Clear();
                        for (var term = offsets[row]; term < offsets[row + 1]; term++)
                        {
                            RowMath.Add(new ReadOnlySpan<float>((float*)given + (long)places[term] * width, width), weights[term], sum);
                        }
                    }
                });
            }
        }
        return sums;
    }

    private Tensor InPlainOperations(Tensor x)
    {
        using var scope = NewDisposeScope();
        var rows = new long[places.Length];
        for (var row = 0; row < Rows; row++)
        {
            rows.AsSpan(offsets[row]..offsets[row + 1]).Fill(row);
        }
        var terms = x.index_select(0, tensor(Array.ConvertAll(places, place => (long)place), device: x.device));
        var by = tensor(weights, device: x.device).to(x.dtype).unsqueeze(1);
        return zeros([Rows, x.shape[1]], x.dtype, x.device).index_add_(0, tensor(rows, device: x.device), terms * by, 1).MoveToOuterDisposeScope();
    }

    private sealed class Function : autograd.SingleTensorFunction<Function>
    {
        public override string Name => nameof(WeightedSums);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var sums = (WeightedSums)vars[1];
            ctx.save_data(nameof(WeightedSums), sums);
            return sums.Multiply((Tensor)vars[0]);
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
            [((WeightedSums)ctx.get_data(nameof(WeightedSums))!).Transposed().Multiply(grad_output), null!];
    }
}
