using ScFm.Torch.Extras;
using static TorchSharp.torch;

namespace ScFm.Model.Nn;

/// <summary>
/// The sums over a set of keys that many cells have in common, and how those of one cell follow from them, which differs at a few positions:
/// what is replaced is taken out, and the cell's own is put in.
/// </summary>
/// <remarks>For inference. Equal to summing the cell's keys up to rounding, while the cell replaces less than about half of them.</remarks>
internal sealed class SharedKeys
{
    private readonly Sums all;
    private readonly Tensor tops;
    private readonly long count;

    /// <summary>Sums the common keys.</summary>
    /// <param name="keys">[N, H d].</param>
    /// <param name="values">[N, H d].</param>
    /// <param name="projection">Directions of the random features, [M, d].</param>
    /// <param name="heads">Number of heads, H.</param>
    public SharedKeys(Tensor keys, Tensor values, Tensor projection, long heads)
    {
        (all, tops) = Sum(keys, values, projection, heads);
        count = keys.shape[0];
    }

    /// <summary>Takes the tensors out of their dispose scope.</summary>
    public void Keep()
    {
        foreach (var tensor in Tensors)
        {
            tensor.DetachFromDisposeScope();
        }
    }

    /// <summary>Frees what was kept.</summary>
    public void Free()
    {
        foreach (var tensor in Tensors)
        {
            tensor.Dispose();
        }
    }

    private Tensor[] Tensors => [all.Mass, all.Values, all.Maximum, all.Plain, tops];

    /// <summary>The sums of a cell.</summary>
    /// <param name="positions">Where it differs, [S].</param>
    /// <param name="gone">The common keys and values there, [S, H d] each.</param>
    /// <param name="own">The cell's, [S, H d] each.</param>
    /// <param name="projection">Directions of the random features, [M, d].</param>
    /// <param name="heads">Number of heads.</param>
    public KeySummary Replace(Tensor positions, (Tensor Keys, Tensor Values) gone, (Tensor Keys, Tensor Values) own, Tensor projection, long heads)
    {
        var (replaced, _) = Sum(gone.Keys, gone.Values, projection, heads);
        var (added, _) = Sum(own.Keys, own.Values, projection, heads);
        // one maximum for the cell: over what is left of the common keys, and its own
        var left = tops.index_fill(0, positions, float.NegativeInfinity).amax([0], keepdim: true);
        var maximum = TorchSharp.torch.maximum(left, added.Maximum); // [1]
        var (inAll, inReplaced, inAdded) = (exp(all.Maximum - maximum), exp(replaced.Maximum - maximum), exp(added.Maximum - maximum));
        var mass = all.Mass * inAll - replaced.Mass * inReplaced + added.Mass * inAdded + RandomFeatures.Epsilon * count;
        var constant = (all.Plain - replaced.Plain + added.Plain).unsqueeze(1) * RandomFeatures.Epsilon; // [H, 1, d]
        var values = all.Values * inAll - replaced.Values * inReplaced + added.Values * inAdded + constant;
        return new(mass, values);
    }

    /// <summary>Sums relative to a maximum, and the sum of the plain values, [H, d].</summary>
    private sealed record Sums(Tensor Mass, Tensor Values, Tensor Maximum, Tensor Plain);

    private static (Sums, Tensor Tops) Sum(Tensor keys, Tensor values, Tensor projection, long heads)
    {
        var rows = CellRows.Equal(1, keys.shape[0]);
        var (mass, sums, maximum, tops) = Kernels.PlainKeySums(keys, values, projection, rows.Offsets, heads);
        return (new(mass, sums, maximum, values.sum([0]).view(heads, -1)), tops.amax([0]));
    }
}
