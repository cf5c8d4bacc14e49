using System.ComponentModel.DataAnnotations;
using ScFm.Model.Graphs;

namespace ScFm.Model.Tasks.Annotation.Mapping;

/// <summary>How cells are mapped to a reference.</summary>
public sealed record MappingOptions
{
    /// <summary>Reference cells that vote on a cell's type, 1 or more; cut to as many as there are. Default: 15.</summary>
    [Range(1, 10_000)] public int Neighbours { get; init; } = 15;

    /// <summary>How far apart two cells are. Default: euclidean, by which a type that the reference lacks stands out; of cells whose types are all known, the cosine often tells like ones better apart.</summary>
    public DistanceMetric Metric { get; init; } = DistanceMetric.Euclidean;
}
