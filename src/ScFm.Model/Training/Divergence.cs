namespace ScFm.Model.Training;

/// <summary>Ends a run that has diverged; the last checkpoint is from before that.</summary>
internal static class Divergence
{
    /// <exception cref="ArithmeticException">The loss is not finite.</exception>
    public static void Check(double loss, string what, TrainingOptions options)
    {
        if (!double.IsFinite(loss))
        {
            throw new ArithmeticException(FormattableString.Invariant($"{what} is {loss}; expected a finite number: lower the learning rate, {options.LearningRate}."));
        }
    }
}
