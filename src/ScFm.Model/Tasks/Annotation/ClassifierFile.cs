using System.Text.Json;
using ScFm.Model.Files;
using ScFm.Model.Models;

namespace ScFm.Model.Tasks.Annotation;

/// <summary>What stands in the header of a file that a classifier was saved to.</summary>
internal static class ClassifierFile
{
    /// <summary>The header's text of a description.</summary>
    /// <param name="key">Its key, which says the kind of classifier.</param>
    /// <param name="description">The description.</param>
    internal static Dictionary<string, string> Header<T>(string key, T description) => new() { [key] = JsonSerializer.Serialize(description, ResultStore.Json) };

    /// <summary>The description in a file's header.</summary>
    /// <exception cref="InvalidDataException">There is none of that kind.</exception>
    internal static T Describe<T>(string path, string key) where T : class =>
        ModelHeader.Read<T, T>(path, Safetensors.ReadMetadata(path), key, key, found => found, ResultStore.Json);

    /// <summary>Says that a file does not hold what it should.</summary>
    internal static InvalidDataException Wrong(string path, string key, Exception? cause = null) =>
        new($"'{path}' describes no {key} that can be{(cause is null ? "" : $" ({cause.Message.TrimEnd('.')})")}; expected a file that one was saved to.", cause);
}
