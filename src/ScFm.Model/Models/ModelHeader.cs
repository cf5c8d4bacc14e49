using System.Text.Json;

namespace ScFm.Model.Models;

/// <summary>What stands in the header of a file that a model was saved to.</summary>
internal static class ModelHeader
{
    /// <summary>Makes what a header describes, such as a model whose weights are still random.</summary>
    /// <param name="path">The file, for errors.</param>
    /// <param name="metadata">Its header.</param>
    /// <param name="key">The part of the header that describes this kind of model.</param>
    /// <param name="kind">What the kind is called in errors.</param>
    /// <param name="make">Makes it of the description; null where that lacks something. A shape that cannot be is an <see cref="ArgumentException"/>.</param>
    /// <param name="json">How the description was written. Default: the serializer's own way.</param>
    /// <exception cref="InvalidDataException">The header describes no such model, or one that cannot be.</exception>
    public static TModel Read<T, TModel>(string path, IReadOnlyDictionary<string, string> metadata, string key, string kind, Func<T, TModel?> make, JsonSerializerOptions? json = null)
        where T : class
        where TModel : class
    {
        try
        {
            var found = metadata.TryGetValue(key, out var description) ? JsonSerializer.Deserialize<T>(description, json) : null;
            return (found is null ? null : make(found)) ?? throw new InvalidDataException($"'{path}' describes no {kind}; expected a file that such a model was saved to.");
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            throw new InvalidDataException($"'{path}' describes no {kind} that can be: {error.Message}", error);
        }
    }
}
