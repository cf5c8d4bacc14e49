using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;

namespace ScFm.Model.Tasks.ReadDepth;

/// <summary>A way of seeing shallow cells before they are clustered.</summary>
/// <param name="Name">The name that tables and figures show.</param>
/// <param name="Settings">All that it depends on beyond the cells, in words.</param>
/// <param name="See">From a pair and a seed to a row for each cell, [cells, features].</param>
public sealed record CellView(string Name, string Settings, Func<DepthPair, int, CancellationToken, DenseMatrix> See)
{
    /// <summary>The wanted depth over the cell's own, T / S, where the view is told one. Default: null.</summary>
    public double? Fold { get; init; }

    /// <summary>The deep cells themselves: about the best that can be hoped for.</summary>
    public static CellView AllReads { get; } =
        new("all reads", "log1p of counts per 10,000 of the deep cells", (pair, _, _) => Normalisation.LogNormalise(pair.Deep.X).ToDense());

    /// <summary>The views of the scFoundation paper's Fig. 2C and D: all reads, each method's expression, and scFoundation's expression and embedding for several depths.</summary>
    /// <param name="methods">The methods; those that give all cells the same values are left out.</param>
    /// <param name="model">The model of the embeddings; null leaves them out.</param>
    /// <param name="rate">The share of reads that the shallow cells hold, above 0 and below 1.</param>
    /// <param name="folds">What T is, as multiples of S; the paper's: 1 to 5.</param>
    public static IReadOnlyList<CellView> All(IReadOnlyList<StudyMethod> methods, StudiedModel? model, double rate, IReadOnlyList<double> folds) =>
    [
        AllReads,
        .. from method in methods
           where method.TellsCellsApart && !method.IsToldDepth
           select Expression(method, method.Name, rate),
        .. from method in methods
           where method.TellsCellsApart && method.IsToldDepth
           from fold in folds
           select Expression(method, Named(method.Name, fold), 1 / fold) with { Fold = fold },
        .. from fold in model is null ? [] : folds
           select new CellView(
               Named("embedding", fold), $"{model!.Settings}, pooling all, {Depth.Fold(fold)}",
               (pair, _, cancellation) => Embedding.Run(model.Model, pair.Shallow, new EmbeddingOptions { Depth = Depth.Fold(fold) }, cancellation: cancellation)) { Fold = fold },
    ];

    private static CellView Expression(StudyMethod method, string name, double rate) => new(
        name, FormattableString.Invariant($"{method.Settings}, rate {rate}"),
        (pair, seed, cancellation) => method.Make(rate, seed).Enhance(pair.Shallow, progress: null, cancellation));

    private static string Named(string what, double fold) => FormattableString.Invariant($"{what}, T = {fold:0.##} S");
}
