using static TorchSharp.torch;

namespace ScFm.Model.Files;

/// <summary>Tells how weights from a file differ in name and shape from those of a module.</summary>
internal static class StateDifferences
{
    /// <summary>One phrase a difference, such as "norm.weight is missing"; none where the weights fit.</summary>
    /// <param name="own">The module's tensors.</param>
    /// <param name="given">The file's tensors, under the module's names.</param>
    /// <param name="written">The module's name to the one that stands in the file.</param>
    public static string[] Between(IReadOnlyDictionary<string, Tensor> own, IReadOnlyDictionary<string, Tensor> given, Func<string, string> written) =>
        Between(own, given.ToDictionary(p => p.Key, p => (IReadOnlyList<long>)p.Value.shape), written);

    /// <summary>The same where only the shapes in the file are known.</summary>
    public static string[] Between(IReadOnlyDictionary<string, Tensor> own, IReadOnlyDictionary<string, IReadOnlyList<long>> given, Func<string, string> written) =>
    [
        .. own.Keys.Except(given.Keys).Select(name => $"{written(name)} is missing"),
        .. given.Keys.Except(own.Keys).Select(name => $"{written(name)} is unknown"),
        .. own.Where(p => given.TryGetValue(p.Key, out var shape) && !shape.SequenceEqual(p.Value.shape)).Select(p =>
            $"{written(p.Key)} is [{string.Join(", ", given[p.Key])}], expected [{string.Join(", ", p.Value.shape)}]"),
    ];
}
