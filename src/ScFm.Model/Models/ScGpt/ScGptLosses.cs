using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Model.Models.ScGpt;

/// <summary>The losses of a batch, each a scalar; null where a model has no such head or the objective does not ask for it.</summary>
public sealed record ScGptLosses
{
    private const double Temperature = 0.5; // of the contrast; so the reference

    /// <summary>Mean squared error of the hidden bins.</summary>
    public Tensor? Values { get; private init; }

    /// <summary>Minus the mean log-probability that the hidden values are above 0 or not.</summary>
    public Tensor? Zeros { get; private init; }

    /// <summary>Mean squared error of the hidden bins, told from the cells' vectors alone (MVC).</summary>
    public Tensor? CellValues { get; private init; }

    /// <summary>The same as <see cref="Zeros"/>, told from the cells' vectors alone.</summary>
    public Tensor? CellZeros { get; private init; }

    /// <summary>Mean squared error of the hidden bins, generated with the cells' vectors in the place of &lt;cls&gt;.</summary>
    public Tensor? Generated { get; private init; }

    /// <summary>Cross entropy of the types.</summary>
    public Tensor? Types { get; private init; }

    /// <summary>Cross entropy of the batches (DAR).</summary>
    public Tensor? Batches { get; private init; }

    /// <summary>Elastic cell similarity (ECS).</summary>
    public Tensor? Similarity { get; private init; }

    /// <summary>Contrast of two passes (CCE).</summary>
    public Tensor? Contrast { get; private init; }

    /// <summary>What held-out cells are judged by: types where these are learnt, otherwise values.</summary>
    public Tensor HeldOut => Types ?? Sum(Values, Zeros, CellValues, CellZeros, Generated);

    /// <summary>True where all that the objective asks for are means over the hidden values, and none over cells or pairs of cells; a single cell has no pairs and is counted like the others still.</summary>
    /// <param name="objective">What was asked for.</param>
    public bool IsOfValues(ScGptObjective objective) => Values is not null && Types is null && Batches is null && !objective.IsOfPairs;

    /// <summary>Computes the losses.</summary>
    /// <param name="module">The module.</param>
    /// <param name="batch">The cells.</param>
    /// <param name="objective">What is asked for.</param>
    public static ScGptLosses Of(ScGptModule module, ScGptBatch batch, ScGptObjective objective)
    {
        var states = module.call(batch);
        var values = batch.Hidden is null ? null : module.PredictValues(states, batch);
        var fromCells = batch.Hidden is null || module.Config.CellDecoding == CellDecoding.None ? null : module.PredictFromCells(states, batch);
        var isGenerated = batch.Hidden is not null && objective.Hiding == Hiding.Generative;
        return new ScGptLosses
        {
            Values = Squares(values, batch),
            Zeros = NotZero(values, batch),
            CellValues = Squares(fromCells, batch),
            CellZeros = NotZero(fromCells, batch),
            Generated = isGenerated ? Squares(module.PredictValues(module.Generate(batch, states.Cells.detach(), withValues: true), batch), batch) : null,
            Types = batch.Types is null || module.TypeCount == 0 ? null : F.cross_entropy(module.TypeLogits(states.Cells), batch.Types),
            Batches = module.Config.Adversary && batch.Batches is not null ? F.cross_entropy(module.BatchLogits(states.Cells), batch.Batches) : null,
            Similarity = objective.SimilarityWeight > 0 && batch.Rows.Cells > 1 ? ElasticSimilarity(states.Cells, objective.SimilarityThreshold, objective.Compat) : null,
            Contrast = objective.ContrastWeight > 0 ? ContrastOf(states.Cells, module.call(batch).Cells) : null,
        };
    }

    /// <summary>The sum with the objective's weights.</summary>
    public Tensor Total(ScGptObjective objective) => Sum(
        Values, Zeros, CellValues, CellZeros, Generated, Types, Batches is null ? null : objective.AdversaryWeight * Batches,
        Similarity is null ? null : objective.SimilarityWeight * Similarity, Contrast is null ? null : objective.ContrastWeight * Contrast);

    /// <summary>The mean over pairs of cells of 1 - (cosine - threshold)^2, where negative cosines count as 0.</summary>
    /// <param name="cells">Cells' vectors, [B, width], B at least 2.</param>
    /// <param name="threshold">The threshold.</param>
    /// <param name="compat">Reference counts each cell's pair with itself, at cosine 0. Default: sensible, without these.</param>
    public static Tensor ElasticSimilarity(Tensor cells, double threshold, Compat compat = Compat.Sensible)
    {
        var normed = F.normalize(cells);
        var count = cells.shape[0];
        var isSelf = eye(count, dtype: ScalarType.Bool, device: cells.device);
        var pairs = 1 - (F.relu(normed.mm(normed.t()).masked_fill(isSelf, 0)) - threshold).pow(2);
        return compat == Compat.Reference ? pairs.mean() : pairs.masked_fill(isSelf, 0).sum() / (count * (count - 1));
    }

    /// <summary>The cross entropy of finding each cell's vector of one pass among those of another by cosine.</summary>
    /// <param name="first">Vectors of one pass, [B, width].</param>
    /// <param name="second">Those of the other, [B, width].</param>
    public static Tensor ContrastOf(Tensor first, Tensor second) =>
        F.cross_entropy(F.normalize(first).mm(F.normalize(second).t()) / Temperature, arange(first.shape[0], ScalarType.Int64, first.device));

    /// <summary>The mean of |predicted - target| / target, which the reference reports; targets of 0 make it large.</summary>
    public static Tensor RelativeError(Tensor predicted, Tensor targets) => ((predicted - targets).abs() / (targets + 1e-6)).mean();

    private static Tensor? Squares(ValuePrediction? predicted, ScGptBatch batch) => predicted is null ? null : F.mse_loss(predicted.Values, batch.Targets!);

    private static Tensor? NotZero(ValuePrediction? predicted, ScGptBatch batch) =>
        predicted?.ExpressedLogits is { } logits ? F.binary_cross_entropy_with_logits(logits, batch.Targets!.gt(0).to(ScalarType.Float32)) : null;

    private static Tensor Sum(params ReadOnlySpan<Tensor?> losses)
    {
        Tensor? sum = null;
        foreach (var loss in losses)
        {
            sum = sum is null ? loss : loss is null ? sum : sum + loss;
        }
        return sum ?? throw new ArgumentException("The objective asks for no loss that the model has a head for; expected hidden values, types or another.");
    }
}
