using System.ComponentModel.DataAnnotations;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Training;

namespace ScFm.Model.Tasks;

/// <summary>Which models a scaling law is drawn from and what each may spend.</summary>
public sealed record ScalingLawOptions
{
    /// <summary>The models, by size; each has a name of its own. Default: the presets tiny, 3m and 10m.</summary>
    public IReadOnlyList<ScalingLawModel> Models { get; init; } = [ScalingLawModel.Preset("tiny"), ScalingLawModel.Preset("3m"), ScalingLawModel.Preset("10m")];

    /// <summary>Floating-point operations of matrix products that each model is trained for, above 0. Default: 1e13, some minutes a model on two cores.</summary>
    [Range(1, double.MaxValue)] public double Budget { get; init; } = 1e13;

    /// <summary>At most how often the held-out loss is measured in each run, 2 or more. Default: 24.</summary>
    [Range(2, 10_000)] public int Validations { get; init; } = 24;

    /// <summary>Losses at less than this share of the budget are drawn but not fitted: the warm-up is no part of the law. 0 to 0.9. Default: 0.05.</summary>
    [Range(0, 0.9)] public double FitFrom { get; init; } = 0.05;

    /// <summary>
    /// How all models are trained, but for their sizes and steps. Default: at a constant rate, without stopping early; a falling rate would make every
    /// loss but the last one that of an unfinished run.
    /// </summary>
    public PretrainingOptions Pretraining { get; init; } = new() { Training = new TrainingOptions { FinalRate = 1, Patience = 0 } };
}
