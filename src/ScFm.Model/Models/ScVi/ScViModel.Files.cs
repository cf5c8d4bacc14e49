using System.Text.Json;
using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Files;

namespace ScFm.Model.Models.ScVi;

public sealed partial class ScViModel
{
    /// <summary>The part of a file's header that says it is an scVI.</summary>
    internal const string DescriptionKey = "scvi";

    /// <summary>What stands beside the weights in the file.</summary>
    private sealed record Description(ScViConfig Config, string[] Genes, string? BatchColumn, string[] BatchLabels);

    /// <summary>Writes one safetensors file: the weights under the reference's names, and shape, genes, batches and the recipe of its corpus as JSON in its header.</summary>
    /// <param name="path">The file; it appears whole or not at all.</param>
    public void Save(string path)
    {
        var description = new Description(Module.Config, [.. Genes.Names], batches.Column, batches.Labels);
        var metadata = new Dictionary<string, string> { [DescriptionKey] = JsonSerializer.Serialize(description) };
        if (Recipe is not null)
        {
            metadata[Recipe.Key] = Recipe.ToJson();
        }
        Safetensors.Write(path, Module.state_dict(), metadata);
    }

    /// <summary>Reads a file that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or holds something else; where weights do not fit the shape, the message lists all that differ.</exception>
    public static ScViModel Load(string path)
    {
        var model = Describe(path, Safetensors.ReadMetadata(path));
        SavedWeights.Into(model.Module, path);
        return model;
    }

    /// <summary>The model of a file, its weights still random.</summary>
    private static ScViModel Describe(string path, Dictionary<string, string> metadata) => ModelHeader.Read<Description, ScViModel>(path, metadata, DescriptionKey, "scVI", found =>
    {
        if (found is not { Config: { } config, Genes: { } genes, BatchLabels: { Length: > 0 } labels })
        {
            return null;
        }
        WeightRoom.Require(Options.Validate(config).LeastWeights(genes.Length, labels.Length), path);
        return new ScViModel(new ScViModule(config, genes.Length, labels.Length), new GeneVocabulary(genes), new CellBatches(found.BatchColumn, labels)) { Recipe = Recipe.Of(metadata) };
    });
}
