using System.ComponentModel.DataAnnotations;

namespace ScFm.Model.Tasks.ReadDepth;

/// <summary>How cells are clustered after enhancement.</summary>
/// <remarks>Source: scFoundation's published notebooks: scale, principal components, neighbours, Leiden with the resolution bisected to the number of reference clusters.</remarks>
public sealed record ClusteringStudyOptions
{
    /// <summary>The share of reads that the shallow cells keep. Default: 0.1.</summary>
    [Range(1e-6, 0.999999)] public double Rate { get; init; } = 0.1;

    /// <summary>How many times cells are thinned and clustered anew, from seed 0 on. Default: 3.</summary>
    [Range(1, 1000)] public int Seeds { get; init; } = 3;

    /// <summary>Principal components of the scaled values. Default: 50.</summary>
    [Range(2, 1000)] public int Components { get; init; } = 50;

    /// <summary>Neighbours of each cell, itself counted. Default: 15.</summary>
    [Range(2, 1000)] public int Neighbours { get; init; } = 15;

    /// <summary>Without known types: Leiden's resolution that makes reference types of the deep cells. Default: 0.6, as published.</summary>
    [Range(0, 10)] public double ReferenceResolution { get; init; } = 0.6;
}
