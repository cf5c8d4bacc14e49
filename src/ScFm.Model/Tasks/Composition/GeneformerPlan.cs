using ScFm.Model.Models.Geneformer;
using ScFm.Model.Training;

namespace ScFm.Model.Tasks.Composition;

/// <summary>What a plan may say of a Geneformer.</summary>
internal sealed record GeneformerPlan
{
    /// <summary>The sizes. Default: the published model of 6 layers.</summary>
    public GeneformerConfig Config { get; init; } = new();

    /// <summary>How it is trained; the seed is the study's. Default: see <see cref="GeneformerOptions.Training"/>.</summary>
    public TrainingOptions Training { get; init; } = new GeneformerOptions().Training;

    /// <summary>The options for one training; every gene that a training cell expresses is known.</summary>
    internal GeneformerOptions For(int seed) => new() { Config = Config, Training = Training with { Seed = seed }, LeastCells = 1 };
}
