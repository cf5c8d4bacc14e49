using ScFm.Model.Models;

namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>The model that an annotator begins with before it sees a label: made anew, read, or pretrained on the cells at hand.</summary>
/// <param name="Model">The model.</param>
/// <param name="Flops">Floating-point operations of its pretraining; NaN where they are not known.</param>
/// <param name="Note">How it came to be, one sentence.</param>
internal sealed record StartingModel<T>(T Model, double Flops, string Note) where T : IModel
{
    /// <summary>Wall time of its pretraining where that was found again. Default: 0.</summary>
    public double EarlierSeconds { get; init; }

    /// <summary>True where it has learnt nothing. Default: false.</summary>
    public bool IsRandom { get; init; }

    /// <summary>What learning came to in all.</summary>
    /// <param name="tuning">What the fine-tuning came to.</param>
    /// <param name="parameters">Numbers that were learnt by either.</param>
    public ClassifierFit With(ClassifierFit tuning, long parameters) =>
        new(parameters, Flops + tuning.Flops, [Note, .. tuning.Notes]) { EarlierSeconds = EarlierSeconds };
}
