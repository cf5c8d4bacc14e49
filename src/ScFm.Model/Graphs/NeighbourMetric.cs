namespace ScFm.Model.Graphs;

/// <summary>How far apart two cells are.</summary>
public enum NeighbourMetric
{
    /// <summary>Length of the difference.</summary>
    Euclidean,

    /// <summary>One minus the cosine of the angle, in [0, 2]; a cell of zeros is at 0.5 from all others.</summary>
    Cosine,
}
