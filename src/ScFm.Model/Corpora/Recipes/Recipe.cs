using System.Text.Json;
using System.Text.Json.Serialization;
using ScFm.Model.Cells;

namespace ScFm.Model.Corpora;

/// <summary>How the cells of a corpus were chosen, step upon step: what is kept with a model and printed in its report, and gives the same cells again.</summary>
/// <remarks>As text it is one line for people; as JSON it is whole, <see cref="Corpus.Replay"/> takes that.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "step")]
[JsonDerivedType(typeof(OpenRecipe), "open")]
[JsonDerivedType(typeof(JoinRecipe), "join")]
[JsonDerivedType(typeof(MixRecipe), "mix")]
[JsonDerivedType(typeof(HoldOutRecipe), "hold out")]
[JsonDerivedType(typeof(OnlyRecipe), "only")]
[JsonDerivedType(typeof(SubsampleRecipe), "subsample")]
[JsonDerivedType(typeof(GenesRecipe), "genes")]
[JsonDerivedType(typeof(CellsRecipe), "cells")]
public abstract record Recipe
{
    /// <summary>The key under which a model's metadata hold the recipe, as JSON.</summary>
    public const string Key = "recipe";

    private static readonly JsonSerializerOptions format = new()
    {
        MaxDepth = 1024, // of a few levels a step; the default, 64, is less than what a study that goes on for long comes to
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(allowIntegerValues: false) },
    };

    /// <summary>The recipe of cells: a corpus's own, or the one that cells loaded from a corpus carry in uns; null where they have none.</summary>
    /// <exception cref="InvalidDataException">The cells carry a recipe that cannot be read.</exception>
    public static Recipe? Of(ICellSource cells) => cells switch
    {
        Corpus corpus => corpus.Recipe,
        AnnData loaded when loaded.Uns.GetValueOrDefault(Key) is string json => FromJson(json),
        _ => null,
    };

    /// <summary>The recipe that a model's metadata hold; null where they hold none.</summary>
    /// <exception cref="InvalidDataException">What they hold cannot be read.</exception>
    public static Recipe? Of(IReadOnlyDictionary<string, string> metadata) => metadata.TryGetValue(Key, out var json) ? FromJson(json) : null;

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The text is no recipe.</exception>
    public static Recipe FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Recipe>(json, format) ?? throw new JsonException("it is null.");
        }
        catch (Exception error) when (error is JsonException or NotSupportedException or ArgumentException)
        {
            throw new InvalidDataException($"'{(json.Length > 60 ? json[..60] + "..." : json)}' is no recipe of a corpus: {error.Message}", error);
        }
    }

    /// <summary>The whole recipe as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, format);

    /// <summary>The recipe as one line for people.</summary>
    public sealed override string ToString() => Text;

    /// <summary>The recipe as one line for people.</summary>
    private protected abstract string Text { get; }

    /// <summary>The same as a part of a longer line.</summary>
    private protected virtual string Part => $"({Text})";

    /// <summary>The line of another step, as a part of this one.</summary>
    private protected static string PartOf(Recipe step) => step.Part;

    /// <summary>A list as it is, if none of it is null.</summary>
    private protected static IReadOnlyList<T> Whole<T>(IReadOnlyList<T> list, string what) where T : class =>
        list.Contains(null!) ? throw new ArgumentException($"One of the {list.Count} {what} is null; expected all of them.") : list;

    /// <summary>Chooses the cells again.</summary>
    /// <param name="open">Finds the cells of a source.</param>
    internal abstract Corpus Replay(Func<OpenRecipe, CorpusSource> open);
}
