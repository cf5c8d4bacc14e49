using System.ComponentModel.DataAnnotations;

namespace ScFm.Model.Regression.Logistic;

/// <summary>What a logistic regression minimises, and how exactly.</summary>
public sealed record LogisticOptions
{
    /// <summary>The weight of the likelihood against the penalty, as scikit-learn's C: the larger, the more coefficients are not zero. Default: 1.</summary>
    [Range(1e-10, 1e10)] public double C { get; init; } = 1;

    /// <summary>How more than two classes are told apart. Default: one-versus-rest.</summary>
    public LogisticScheme Scheme { get; init; } = LogisticScheme.OneVersusRest;

    /// <summary>Whether intercepts are penalised like coefficients, as scikit-learn's liblinear does and its saga does not. Default: false.</summary>
    public bool PenaliseIntercept { get; init; }

    /// <summary>Whether predictors are penalised as if each had unit variance. They are not centred, so that sparse ones stay sparse. Default: false.</summary>
    public bool Standardise { get; init; }

    /// <summary>Whether a sample counts the more the rarer its class: samples / (classes * samples of the class). Default: false.</summary>
    public bool Balanced { get; init; }

    /// <summary>The duality gap at which a solution counts as found, as a share of the objective: no solution is better by more. Default: 0.001, of which the true distance is commonly a thousandth.</summary>
    [Range(1e-14, 0.5)] public double Tolerance { get; init; } = 1e-3;

    /// <summary>Most rounds of letting predictors in and descending; where they do not suffice, <see cref="LogisticModel.Gap"/> says how far it is. Default: 200.</summary>
    [Range(1, int.MaxValue)] public int MostRounds { get; init; } = 200;

    /// <summary>Most threads, over classes, folds and predictors. The result does not depend on it. Default: as many as there are processors.</summary>
    [Range(1, 4096)] public int Threads { get; init; } = Environment.ProcessorCount;
}
