using ScFm.Torch.Extras;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Activation = ScFm.Torch.Extras.Kernels.Activation;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Model.Nn;

/// <summary>Dense layers: as one kernel where there is one for the tensors, in plain operations elsewhere. Both give the same numbers up to rounding.</summary>
internal static class Dense
{
    /// <summary>dropout(x W^T + b), of x [..., in]; plus add, where there is one.</summary>
    public static Tensor Linear(Tensor x, Tensor weight, Tensor? bias, Tensor? add = null, double dropout = 0)
    {
        if (Kernels.Take(x) && (add is null || dropout == 0))
        {
            return Drop(Kernels.Linear(x, weight, bias, add), dropout);
        }
        var result = Drop(F.linear(x, weight, bias), dropout);
        return add is null ? result : add + result;
    }

    /// <inheritdoc cref="Linear(Tensor, Tensor, Tensor?, Tensor?, double)"/>
    public static Tensor Linear(Tensor x, Linear layer, Tensor? add = null, double dropout = 0) => Linear(x, layer.weight!, layer.bias, add, dropout);

    /// <summary>x W^T + b, of rows [rows, in] that are data: they get no gradient.</summary>
    public static Tensor Linear(SparseRows x, Linear layer) =>
        Kernels.Take(x.Values) ? Kernels.SparseLinear(x.Values, x.Columns, x.Offsets, layer.weight!, layer.bias) : F.linear(x.ToDense(), layer.weight!, layer.bias);

    /// <summary>dropout(second(innerDropout(activation(first(x))))), of x [..., in]; plus add, where there is one.</summary>
    public static Tensor FeedForward(Tensor x, Linear first, Linear second, Activation activation, Tensor? add = null, double dropout = 0, double innerDropout = 0)
    {
        if (Kernels.Take(x) && innerDropout == 0 && (add is null || dropout == 0))
        {
            return Drop(Kernels.FeedForward(x, first.weight!, first.bias!, second.weight!, second.bias!, activation, add), dropout);
        }
        var hidden = Linear(x, first);
        hidden = activation switch { Activation.Relu => F.relu(hidden), Activation.Gelu => F.gelu(hidden), _ => hidden };
        return Linear(Drop(hidden, innerDropout), second, add, dropout);
    }

    /// <summary>The layer norm of x [..., D].</summary>
    public static Tensor Norm(Tensor x, LayerNorm norm) => Kernels.TakeAnywhere(x) ? Kernels.Norm(x, norm.weight!, norm.bias!, norm.eps) : norm.call(x);

    /// <summary>The layer norm of x + add, [..., D], where the sum itself is not wanted.</summary>
    public static Tensor AddNorm(Tensor x, Tensor add, LayerNorm norm)
    {
        if (!Kernels.TakeOnCard(x) && !(Kernels.Take(x) && Kernels.Take(add))) // only a card's kernel adds what is of another type, as a product under autocast may be
        {
            return norm.call(x + add);
        }
        var (normed, sum) = Kernels.AddNorm(x, add, norm.weight!, norm.bias!, norm.eps);
        sum.Dispose(); // where there are gradients, they keep it
        return normed;
    }

    /// <summary>The layer norm of x [..., D] for rows that only products read: on a card in the type that these are cast to.</summary>
    public static Tensor NormForProducts(Tensor x, LayerNorm norm) =>
        Kernels.TakeOnCard(x) ? Kernels.Norm(x, norm.weight!, norm.bias!, norm.eps, PrecisionExtensions.CastNow(x.device)) : Norm(x, norm);

    /// <summary>The batch norm of x [rows, features], then ReLU where it is wanted, then dropout.</summary>
    public static Tensor BatchNorm(Tensor x, BatchNorm1d norm, bool relu, double dropout = 0)
    {
        if (norm.training && x.shape[0] > 1 && Kernels.Take(x)) // evaluation only scales; of a single row the layer itself says that it has no variance
        {
            norm.num_batches_tracked!.add_(1);
            return Kernels.BatchNorm(x, norm.weight!, norm.bias!, norm.running_mean!, norm.running_var!, norm.eps, norm.momentum!.Value, relu, dropout, dropout > 0 ? DropoutSeed.Draw() : 0);
        }
        var normed = norm.call(x);
        return Drop(relu ? F.relu(normed) : normed, dropout);
    }

    private static Tensor Drop(Tensor x, double dropout) => dropout > 0 ? F.dropout(x, dropout) : x;
}
