using static TorchSharp.torch;

namespace ScFm.Model.Models;

/// <summary>A model with the genes it knows, as users hold it.</summary>
public interface IModel
{
    /// <summary>Writes the model, whole or not at all; <c>ModelFiles.Open</c> reads it again.</summary>
    /// <param name="path">The folder or file; a model that is there is replaced once the new one is whole.</param>
    /// <exception cref="IOException">It cannot be written, or something else than a model stands there.</exception>
    void Save(string path);

    /// <summary>The networks that compute; none where a model has no tensors.</summary>
    IReadOnlyList<nn.Module> Networks => [];
}
