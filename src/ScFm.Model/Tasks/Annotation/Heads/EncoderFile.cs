using ScFm.Model.Models;
using static TorchSharp.torch;

namespace ScFm.Model.Tasks.Annotation.Heads;

/// <summary>The encoder that belongs to a saved classifier: within its file, or in a file of its own that it names.</summary>
internal static class EncoderFile
{
    /// <summary>Opens the encoder as it was before it was tuned, or as it is now where it lies within.</summary>
    /// <param name="classifier">The classifier's file.</param>
    /// <param name="tensors">What it holds.</param>
    /// <param name="named">The encoder's own file; null where it lies within. A file of that name beside the classifier's is taken where it is gone.</param>
    /// <param name="reading">How a cell's states become its vector.</param>
    /// <param name="identity">What the encoder in a file of its own must be.</param>
    /// <exception cref="FileNotFoundException">The encoder's own file is gone.</exception>
    /// <exception cref="InvalidDataException">It is another encoder, or there is none.</exception>
    public static ICellEncoder Open(string classifier, IReadOnlyDictionary<string, Tensor> tensors, string? named, string reading, string identity)
    {
        if (named is null)
        {
            return CellEncoders.Of(ModelBytes.Open(tensors, path => ModelFiles.Open(path)) ?? throw new InvalidDataException($"'{classifier}' neither holds nor names an encoder; expected one of them."), reading);
        }
        var beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(classifier))!, Path.GetFileName(Path.TrimEndingDirectorySeparator(named)));
        var path = Path.Exists(named) ? named : Path.Exists(beside) ? beside
            : throw new FileNotFoundException($"'{classifier}' belongs to the encoder '{named}', which is gone; expected it there or beside the classifier.", named);
        var encoder = CellEncoders.Of(ModelFiles.Open(path), reading);
        return encoder.Identity == identity
            ? encoder
            : throw new InvalidDataException($"'{classifier}' belongs to an encoder with the digits {identity}, but '{path}' has {encoder.Identity}; expected the encoder that it was trained on.");
    }
}
