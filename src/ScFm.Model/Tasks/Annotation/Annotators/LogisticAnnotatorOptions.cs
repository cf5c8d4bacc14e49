using System.ComponentModel.DataAnnotations;
using ScFm.Model.Regression.Logistic;

namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>How <see cref="LogisticAnnotator"/> learns.</summary>
public sealed record LogisticAnnotatorOptions
{
    /// <summary>The weight of the likelihood against the penalty, as scikit-learn's C. Default: chosen by cross-validation among 8 values from 0.001 to 10,000.</summary>
    [Range(1e-10, 1e10)] public double? C { get; init; }

    /// <summary>Number of folds that C is chosen by. Default: 5.</summary>
    [Range(2, 1000)] public int Folds { get; init; } = 5;

    /// <summary>How more than two types are told apart. Default: one-versus-rest.</summary>
    public LogisticScheme Scheme { get; init; } = LogisticScheme.OneVersusRest;

    /// <summary>Whether genes are penalised as if each had unit variance; they are not centred. Default: false.</summary>
    public bool Standardise { get; init; }

    /// <summary>Whether a cell counts the more the rarer its type. Default: false.</summary>
    public bool Balanced { get; init; }

    /// <summary>The duality gap at which a solution counts as found, as a share of the objective. Default: 0.01.</summary>
    [Range(1e-14, 0.5)] public double Tolerance { get; init; } = 1e-2;

    /// <summary>The regression's own options.</summary>
    internal LogisticOptions Regression => new() { C = C ?? 1, Scheme = Scheme, Standardise = Standardise, Balanced = Balanced, Tolerance = Tolerance };
}
