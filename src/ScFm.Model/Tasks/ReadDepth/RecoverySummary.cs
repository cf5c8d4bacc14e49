using ScFm.Model.Metrics;

namespace ScFm.Model.Tasks.ReadDepth;

/// <summary>One method under one condition, over all seeds.</summary>
/// <param name="Condition">What was done to the cells.</param>
/// <param name="Method">The method.</param>
/// <param name="Outcomes">One a seed, by seed.</param>
public sealed record RecoverySummary(string Condition, string Method, IReadOnlyList<RecoveryOutcome> Outcomes)
{
    /// <summary>Mean and 95% interval of a measure.</summary>
    public MeanInterval Of(Measure<RecoveryScores> measure) => MeanInterval.Of(Outcomes.Select(outcome => measure.Of(outcome.Scores)));

    /// <summary>Mean and 95% interval of the wall time, seconds.</summary>
    public MeanInterval Seconds => MeanInterval.Of(Outcomes.Select(outcome => outcome.Seconds));

    /// <summary>By how much this method is better than another on the same cells, mean and 95% interval of the differences; above 0 where it is better.</summary>
    public MeanInterval Advantage(RecoverySummary other, Measure<RecoveryScores> measure) => MeanInterval.Of(
        Outcomes.Zip(other.Outcomes, (mine, theirs) => (measure.Of(theirs.Scores) - measure.Of(mine.Scores)) * (measure.LowerIsBetter ? 1 : -1)));
}
