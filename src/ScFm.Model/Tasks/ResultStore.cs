using System.Text.Json;
using System.Text.Json.Serialization;
using ScFm.Model.Files;

namespace ScFm.Model.Tasks;

/// <summary>Keeps every result of a study in a file of its own as soon as it is known, so that a study that was stopped goes on where it was.</summary>
/// <param name="folder">The folder; null keeps nothing.</param>
public sealed class ResultStore(string? folder)
{
    /// <summary>How results are written: indented, with NaN as a word.</summary>
    public static JsonSerializerOptions Json { get; } = new()
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A kept result, or a new one, which is kept.</summary>
    /// <param name="name">The result's own name.</param>
    /// <param name="settings">All that it depends on; what was kept under other settings is replaced.</param>
    /// <param name="make">Makes the result.</param>
    public T GetOrMake<T>(string name, string settings, Func<T> make) where T : class
    {
        if (folder is null)
        {
            return make();
        }
        var path = Path.Combine(folder, FileName(name) + ".json");
        if (Read<T>(path) is { } kept && kept.Settings == settings)
        {
            return kept.Result;
        }
        var result = make();
        AtomicFile.WriteText(path, JsonSerializer.Serialize(new Kept<T>(settings, result), Json));
        return result;
    }

    /// <summary>A name as a part of a file's name: small letters and digits, everything else a hyphen.</summary>
    public static string FileName(string name) => string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-'));

    // A file that is not a result, such as one cut short by a full disk, is no reason to stop: it is made anew.
    private static Kept<T>? Read<T>(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<Kept<T>>(File.ReadAllBytes(path), Json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Kept<T>(string Settings, T Result);
}
