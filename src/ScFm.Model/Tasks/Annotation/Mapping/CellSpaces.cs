using System.Text.Json;
using static TorchSharp.torch;

namespace ScFm.Model.Tasks.Annotation.Mapping;

/// <summary>Reads spaces of whatever kind.</summary>
internal static class CellSpaces
{
    private sealed record Described(string Kind);

    /// <summary>The space of a file.</summary>
    /// <param name="tensors">The file's tensors.</param>
    /// <param name="description">What its header says of the space.</param>
    /// <exception cref="ArgumentException">There is none, or its parts do not fit together.</exception>
    /// <exception cref="JsonException">The text is no description.</exception>
    public static ICellSpace Read(IReadOnlyDictionary<string, Tensor> tensors, string description) => JsonSerializer.Deserialize<Described>(description)?.Kind switch
    {
        PcaSpace.Kind => PcaSpace.Read(tensors, description),
        ModelSpace.Kind => ModelSpace.Read(tensors, description),
        var other => throw new ArgumentException($"The space is of the kind '{other}'; expected {PcaSpace.Kind} or {ModelSpace.Kind}."),
    };
}
