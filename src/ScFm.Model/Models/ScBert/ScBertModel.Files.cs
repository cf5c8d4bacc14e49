using System.Text.Json;
using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Files;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScBert;

public sealed partial class ScBertModel
{
    /// <summary>The part of a file's header that says it is an scBERT.</summary>
    internal const string DescriptionKey = "scbert";

    /// <summary>What stands beside the weights in the file.</summary>
    private sealed record Description(ScBertConfig Config, string[] Genes, string?[]? Ids);

    /// <summary>Writes one safetensors file: the weights under their published names, and sizes, genes and the recipe of its corpus as JSON in its header.</summary>
    /// <param name="path">The file; it appears whole or not at all.</param>
    public void Save(string path)
    {
        using var scope = NewDisposeScope();
        var metadata = new Dictionary<string, string> { [DescriptionKey] = Describe() };
        if (Recipe is not null)
        {
            metadata[Recipe.Key] = Recipe.ToJson();
        }
        Safetensors.Write(path, CheckpointNames.Of(Module), metadata);
    }

    /// <summary>Reads a file that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or holds something else; where weights do not fit the sizes, the message lists all that differ.</exception>
    public static ScBertModel Load(string path)
    {
        var metadata = Safetensors.ReadMetadata(path);
        var described = Described(metadata, path);
        using var scope = NewDisposeScope();
        PublishedWeights.Load(CheckpointNames.Of(described.Module), Safetensors.Read(path).Tensors, path);
        described.Module.eval();
        return new ScBertModel(described.Module, described.Genes) { Recipe = Recipe.Of(metadata) };
    }

    /// <summary>Reads a published pretrained model, such as panglao_pretrain.pth.</summary>
    /// <param name="path">The checkpoint of the reference's training; its sizes are read off its weights.</param>
    /// <param name="genes">Its genes in its order, which it does not hold.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, holds another kind of model, or one of another number of genes.</exception>
    public static ScBertModel OpenPublished(string path, GeneVocabulary genes)
    {
        using var checkpoint = PublishedCheckpoint.Open(path);
        var model = checkpoint.Sized(genes);
        using var scope = NewDisposeScope();
        PublishedWeights.Load(CheckpointNames.Of(model.Module), checkpoint.Read(), path);
        model.Module.eval();
        return model;
    }

    /// <summary>Sizes and genes as JSON.</summary>
    internal string Describe() => JsonSerializer.Serialize(new Description(Config, [.. Genes.Names], Genes.Ids is { } ids ? [.. ids] : null));

    /// <summary>The model of a header with such a description, its weights still random.</summary>
    internal static ScBertModel Described(IReadOnlyDictionary<string, string> metadata, string path) => ModelHeader.Read<Description, ScBertModel>(path, metadata, DescriptionKey, "scBERT", found =>
    {
        if (found is not { Config: { } config, Genes: { } names })
        {
            return null;
        }
        WeightRoom.Require(config.Validated().LeastWeights(names.Length), path);
        return Create(config, new GeneVocabulary(names, found.Ids));
    });
}
