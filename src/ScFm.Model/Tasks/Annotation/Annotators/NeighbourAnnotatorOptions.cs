using System.ComponentModel.DataAnnotations;
using ScFm.Model.Tasks.Annotation.Heads;
using ScFm.Model.Tasks.Annotation.Mapping;

namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>In which space neighbours are looked for, and who votes.</summary>
public sealed record NeighbourAnnotatorOptions
{
    /// <summary>A file or folder with a model in whose embedding neighbours are looked for. Default: none; principal components.</summary>
    public string? Model { get; init; }

    /// <summary>How a foundation model's states become a cell's vector; see <see cref="CellEncoders.Of"/>. Default: the model's usual way.</summary>
    public string? Reading { get; init; }

    /// <summary>Without a model: how many principal components, 1 or more; of the unlabelled cells where there are any, otherwise of the labelled ones. Default: 50.</summary>
    [Range(1, 10_000)] public int Components { get; init; } = 50;

    /// <summary>Who votes.</summary>
    public MappingOptions Mapping { get; init; } = new();
}
