namespace ScFm.Model.Training;

/// <summary>The learning rate over the steps: a linear warm-up, then a fall on half a cosine, a line or steps.</summary>
public static class Schedule
{
    /// <summary>The learning rate of a step.</summary>
    /// <param name="options">Rate, warm-up, the share left at the end and the way there.</param>
    /// <param name="step">The step, from 0.</param>
    /// <param name="totalSteps">Steps of the whole run.</param>
    public static double LearningRate(TrainingOptions options, int step, int totalSteps)
    {
        if (step < options.WarmUpSteps)
        {
            return options.LearningRate * (step + 1) / options.WarmUpSteps;
        }
        var done = Math.Min(1, (step - options.WarmUpSteps) / Math.Max(1.0, totalSteps - options.WarmUpSteps));
        var left = options.Decay switch
        {
            RateDecay.Linear => 1 - done,
            RateDecay.Halving => Math.Pow(0.5, (long)step * options.Epochs / Math.Max(1, totalSteps)),
            _ => 0.5 * (1 + Math.Cos(Math.PI * done)),
        };
        return options.LearningRate * (options.FinalRate + (1 - options.FinalRate) * left);
    }
}
