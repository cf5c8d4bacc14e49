using ScFm.Model.Metrics;

namespace ScFm.Model.Tasks.ReadDepth;

/// <summary>One view of the cells over all seeds.</summary>
/// <param name="View">The view.</param>
/// <param name="Outcomes">One a seed, by seed.</param>
public sealed record ClusteringSummary(string View, IReadOnlyList<ClusteringOutcome> Outcomes)
{
    /// <summary>T / S, where the view is told a depth.</summary>
    public double? Fold => Outcomes[0].Fold;

    /// <summary>What the view shows, whatever depth it is told: "embedding, T = 3 S" is of the kind "embedding".</summary>
    public string Kind => View.Split(", T = ")[0];

    /// <summary>Mean and 95% interval of a measure.</summary>
    public MeanInterval Of(Measure<ClusteringOutcome> measure) => MeanInterval.Of(Outcomes.Select(measure.Of));

    /// <summary>Mean and 95% interval of the wall time, seconds.</summary>
    public MeanInterval Seconds => MeanInterval.Of(Outcomes.Select(outcome => outcome.Seconds));
}
