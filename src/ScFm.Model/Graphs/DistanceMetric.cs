namespace ScFm.Model.Graphs;

/// <summary>How far apart two points are.</summary>
public enum DistanceMetric
{
    /// <summary>Length of the difference.</summary>
    Euclidean,

    /// <summary>One minus the cosine of the angle, in [0, 2].</summary>
    Cosine,
}
