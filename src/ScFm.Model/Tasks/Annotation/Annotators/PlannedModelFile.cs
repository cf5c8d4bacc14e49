using ScFm.Model.Models;

namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>Opens a trained model that a plan names.</summary>
internal static class PlannedModelFile
{
    /// <summary>The model of a file or folder.</summary>
    /// <exception cref="InvalidDataException">It is damaged or of another kind.</exception>
    internal static T Open<T>(string path) where T : class, IModel => ModelFiles.Open(path) is var model && model is T known
        ? known
        : throw new InvalidDataException($"'{path}' holds a {model.GetType().Name}; expected a {typeof(T).Name}.");
}
