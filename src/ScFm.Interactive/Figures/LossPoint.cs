namespace ScFm.Interactive.Figures;

/// <summary>What is known of the loss at one step of training.</summary>
/// <param name="Step">The step of the optimizer.</param>
/// <param name="Training">The loss of the step's batch; NaN where none was taken.</param>
/// <param name="Validation">The loss on the validation cells; NaN where none was taken.</param>
public sealed record LossPoint(long Step, double Training, double Validation = double.NaN);
