namespace ScFm.Model.Tasks.Annotation;

/// <summary>What fitting a classifier came to.</summary>
/// <param name="Parameters">Numbers that were learnt, pretraining included; of a sparse model those that are not zero.</param>
/// <param name="Flops">Floating-point operations of fitting, pretraining included; NaN where they are not counted.</param>
/// <param name="Notes">What it decided: the penalty that was chosen, the epochs it took, the majority heuristic beside its masked accuracy. One short sentence each.</param>
public sealed record ClassifierFit(long Parameters, double Flops, IReadOnlyList<string> Notes)
{
    /// <summary>Wall time in seconds of an earlier fit's learning that this one has found again, such as a pretraining that was kept. Default: 0.</summary>
    public double EarlierSeconds { get; init; }
}
