namespace ScFm.Model.Training;

/// <summary>What the forward passes of a step come to.</summary>
/// <param name="Loss">The sum of their losses, each times what it counts for.</param>
/// <param name="Weight">The sum of their weights, <see cref="BatchLoss.Weight"/>.</param>
/// <param name="Cells">Training cells.</param>
/// <param name="Tokens">Encoder tokens.</param>
/// <param name="Flops">Floating-point operations of the matrix products.</param>
internal readonly record struct StepSums(double Loss, double Weight, long Cells, long Tokens, double Flops)
{
    public static StepSums operator +(StepSums a, StepSums b) => new(a.Loss + b.Loss, a.Weight + b.Weight, a.Cells + b.Cells, a.Tokens + b.Tokens, a.Flops + b.Flops);
}
