namespace ScFm.Model.Training;

/// <summary>What a step took.</summary>
/// <param name="Cells">Training cells.</param>
/// <param name="Tokens">Encoder tokens.</param>
/// <param name="Flops">Floating-point operations of the matrix products.</param>
internal readonly record struct StepCost(long Cells, long Tokens, double Flops);
