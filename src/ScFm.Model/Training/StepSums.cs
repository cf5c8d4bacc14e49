namespace ScFm.Model.Training;

/// <summary>What the forward passes of a step come to.</summary>
/// <param name="Loss">The sum of their losses, each times what it counts for.</param>
/// <param name="Weight">The sum of their weights, <see cref="BatchLoss.Weight"/>.</param>
/// <param name="Cells">Training cells.</param>
/// <param name="Tokens">Encoder tokens.</param>
/// <param name="Flops">Floating-point operations of the matrix products.</param>
internal readonly record struct StepSums(double Loss, double Weight, long Cells, long Tokens, double Flops)
{
    /// <summary>How many numbers they are.</summary>
    public const int Length = 5;

    /// <summary>What <see cref="ToArray"/> gave, or sums of such.</summary>
    public static StepSums Of(ReadOnlySpan<double> numbers) => new(numbers[0], numbers[1], (long)numbers[2], (long)numbers[3], numbers[4]);

    /// <summary>The numbers one after another, as they are summed over ranks.</summary>
    public double[] ToArray() => [Loss, Weight, Cells, Tokens, Flops];

    public static StepSums operator +(StepSums a, StepSums b) => new(a.Loss + b.Loss, a.Weight + b.Weight, a.Cells + b.Cells, a.Tokens + b.Tokens, a.Flops + b.Flops);
}
