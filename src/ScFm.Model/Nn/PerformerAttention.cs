using ScFm.Torch.Extras;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Nn;

/// <summary>
/// Attention in linear time: the softmax kernel is replaced by products of random features, so that keys and values are summed once.
/// </summary>
/// <remarks>Source: Choromanski et al. 2021 (Performer), equation 4; reference file performer.py.</remarks>
public sealed class PerformerAttention : nn.Module<Tensor, Tensor, Tensor>
{
    private const double Never = -1e30;

    private readonly Linear to_q;
    private readonly Linear to_k;
    private readonly Linear to_v;
    private readonly Linear to_out;
    private readonly Tensor projection_matrix;
    private readonly long heads;

    /// <summary>Makes the attention.</summary>
    /// <param name="width">Width of a token.</param>
    /// <param name="heads">Number of heads.</param>
    /// <param name="headWidth">Width of a head; heads times this may differ from the token's width.</param>
    /// <param name="bias">True where queries, keys and values have a bias, as in scFoundation; scBERT's have none. Default: true.</param>
    public PerformerAttention(long width, long heads, long headWidth, bool bias = true) : base(nameof(PerformerAttention))
    {
        to_q = nn.Linear(width, heads * headWidth, bias);
        to_k = nn.Linear(width, heads * headWidth, bias);
        to_v = nn.Linear(width, heads * headWidth, bias);
        to_out = nn.Linear(heads * headWidth, width);
        projection_matrix = RandomFeatures.Draw(RandomFeatures.Count(headWidth), headWidth);
        this.heads = heads;
        RegisterComponents();
    }

    /// <summary>True to subtract one key maximum for the whole batch, as the reference does. Default: false, one for each cell.</summary>
    public bool WholeBatchMaximum { get; set; }

    /// <summary>Tokens that ask [B, W, D] and tokens that are asked [B, N, D] to tokens [B, W, D].</summary>
    public override Tensor forward(Tensor asking, Tensor asked) => Attend(asking, Summarise(asked));

    /// <summary>Sums the keys and values of tokens [B, N, D].</summary>
    public KeySummary Summarise(Tensor asked)
    {
        var (keys, values) = (Dense.Linear(asked, to_k), Dense.Linear(asked, to_v)); // [B, N, H d]
        if (Kernels.TakeAnywhere(keys) && !WholeBatchMaximum)
        {
            var (mass, sums) = Kernels.KeySums(keys.flatten(0, 1), values.flatten(0, 1), projection_matrix, Offsets(asked), heads, RandomFeatures.Epsilon);
            return new(mass, sums);
        }
        var features = RandomFeatures.OfKeys(Heads(keys), projection_matrix, WholeBatchMaximum); // [B, H, N, M]
        return new(features.sum(2), matmul(features.transpose(2, 3), Heads(values)).to(features.dtype)); // autocast would leave the product in bfloat16, in which such sums are of no use
    }

    /// <summary>
    /// The same sums for cells that differ from a common set of tokens at a few positions only: the common tokens are projected and summed
    /// once for the batch, and each cell's sums are corrected at its own positions.
    /// </summary>
    /// <param name="common">The common tokens, [N, D].</param>
    /// <param name="own">Each cell's own tokens, [B, S, D].</param>
    /// <param name="positions">The positions that they replace, [B, S].</param>
    /// <param name="exists">False where a row is padding, [B, S].</param>
    /// <remarks>Equal to <see cref="Summarise(Tensor)"/> up to rounding; costs S / N of it. The small constant that every feature carries is summed apart.</remarks>
    public KeySummary Summarise(Tensor common, Tensor own, Tensor positions, Tensor exists)
    {
        var (batch, slots) = (positions.shape[0], positions.shape[1]);
        var there = exists.unsqueeze(1).unsqueeze(-1); // [B, 1, S, 1]
        var (commonExponents, commonHalf, commonValues) = Project(common.unsqueeze(0)); // [1, H, N, M], [1, H, N, 1], [1, H, N, d]
        var (ownExponents, ownHalf, ownValues) = Project(own); // [B, H, S, ...]

        var top = commonExponents.amax([0, 1, 2, 3]);
        var left = commonExponents.amax([0, 1, 3]).unsqueeze(0).expand(batch, -1).clone(); // [B, N]
        left = left.scatter_add(1, positions, zeros_like(own.select(2, 0), left.dtype).masked_fill(exists, Never));
        var ownTop = ownExponents.masked_fill(there.logical_not(), Never).amax([1, 2, 3]);
        var maximum = torch.maximum(left.amax([1]), ownTop).view(batch, 1, 1, 1);

        var commonKeys = exp(commonExponents - commonHalf - top)[0]; // [H, N, M]
        var replaced = positions.flatten();
        var goneKeys = commonKeys.index_select(1, replaced).view(heads, batch, slots, -1).transpose(0, 1) * there; // [B, H, S, M]
        var goneValues = commonValues[0].index_select(1, replaced).view(heads, batch, slots, -1).transpose(0, 1) * there;
        var ownKeys = exp(ownExponents - ownHalf - maximum) * there;
        ownValues = ownValues * there;

        var rescale = exp(top - maximum);
        var constant = RandomFeatures.Epsilon;
        var mass = (commonKeys.sum(1) - goneKeys.sum(2)) * rescale.squeeze(-1) + ownKeys.sum(2) + constant * common.shape[0];
        var sums = (matmul(commonKeys.transpose(1, 2), commonValues[0]) - matmul(goneKeys.transpose(2, 3), goneValues)) * rescale
            + matmul(ownKeys.transpose(2, 3), ownValues)
            + (commonValues.sum(2) + ownValues.sum(2) - goneValues.sum(2)).unsqueeze(2) * constant;
        return new(mass, sums);
    }

    /// <summary>What tokens [B, W, D] take from the summed keys: tokens [B, W, D].</summary>
    /// <param name="asking">The tokens that ask, [B, W, D].</param>
    /// <param name="summary">The sums over those asked.</param>
    /// <param name="add">Added to the result, [B, W, D]. Default: nothing.</param>
    public Tensor Attend(Tensor asking, KeySummary summary, Tensor? add = null)
    {
        return Answer(Queries(asking), summary, add);
    }

    /// <summary>The queries of tokens [..., D], [..., H d].</summary>
    internal Tensor Queries(Tensor asking) => Dense.Linear(asking, to_q);

    /// <summary>What queries [B, W, H d] take from the summed keys; see <see cref="Attend"/>.</summary>
    internal Tensor Answer(Tensor queries, KeySummary summary, Tensor? add)
    {
        if (Kernels.TakeAnywhere(queries))
        {
            var taken = Kernels.Queries(queries.flatten(0, 1), summary.Mass, summary.Values, projection_matrix, Offsets(queries), heads, RandomFeatures.Epsilon);
            return Dense.Linear(taken.view_as(queries), to_out, add);
        }
        var features = RandomFeatures.OfQueries(Heads(queries), projection_matrix); // [B, H, W, M]
        var mixed = matmul(features, summary.Values) / matmul(features, summary.Mass.unsqueeze(-1)); // [B, H, W, d]
        return Dense.Linear(mixed.transpose(1, 2).flatten(2), to_out, add);
    }

    /// <summary>Sums the keys and values of tokens [N, D] that many cells have in common.</summary>
    internal SharedKeys Share(Tensor common) => new(Dense.Linear(common, to_k), Dense.Linear(common, to_v), projection_matrix, heads);

    /// <summary>The sums of a cell that has its own tokens [S, D] at some positions [S], instead of the common ones there [S, D].</summary>
    internal KeySummary Summarise(SharedKeys shared, Tensor positions, Tensor gone, Tensor own)
    {
        (Tensor, Tensor) Project(Tensor tokens) => (Dense.Linear(tokens, to_k), Dense.Linear(tokens, to_v));
        return shared.Replace(positions, Project(gone), Project(own), projection_matrix, heads);
    }

    /// <summary>Starts keys as copies of queries, so that a token attends to tokens like itself.</summary>
    /// <param name="scale">Factor on the drawn weights; larger attends more sharply.</param>
    public void TieKeysToQueries(double scale)
    {
        using var _ = no_grad();
        to_q.weight!.mul_(scale);
        to_q.bias?.zero_();
        to_k.weight!.copy_(to_q.weight!);
        to_k.bias?.zero_();
    }

    /// <summary>Draws new random features in place.</summary>
    public void Redraw()
    {
        using var _ = no_grad();
        using var drawn = RandomFeatures.Draw(projection_matrix.shape[0], projection_matrix.shape[1]);
        projection_matrix.copy_(drawn);
    }

    private (Tensor exponents, Tensor halfSquare, Tensor values) Project(Tensor tokens)
    {
        var (exponents, halfSquare) = RandomFeatures.Project(Heads(to_k.call(tokens)), projection_matrix);
        return (exponents, halfSquare, Heads(to_v.call(tokens)));
    }

    private static Tensor Offsets(Tensor x) => CellRows.Equal(x.shape[0], x.shape[1]).Offsets;

    private Tensor Heads(Tensor x) => x.view(x.shape[0], x.shape[1], heads, -1).transpose(1, 2);
}
