using System.Text.Json;
using ScFm.Model.Files;

namespace ScFm.Model.Models.Scad;

public sealed partial class ScadModel
{
    /// <summary>The part of a file's header that says it is a SCAD.</summary>
    internal const string DescriptionKey = "scad";

    /// <summary>What stands beside the weights in the file.</summary>
    private sealed record Description(ScadConfig Config, FeatureScale Scale, string[]? Features, string Class);

    /// <summary>Writes one safetensors file: the weights, and shape, scale, names of features and class as JSON in its header.</summary>
    /// <param name="path">The file; it appears whole or not at all.</param>
    public void Save(string path) => Safetensors.Write(path, Module.state_dict(), new Dictionary<string, string>
    {
        [DescriptionKey] = JsonSerializer.Serialize(new Description(Module.Config, scale, Features is null ? null : [.. Features], Class)),
    });

    /// <summary>Reads a file that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or holds something else; where weights do not fit the shape, the message lists all that differ.</exception>
    public static ScadModel Load(string path)
    {
        var model = Describe(path, Safetensors.ReadMetadata(path));
        SavedWeights.Into(model.Module, path);
        return model;
    }

    /// <summary>The model of a file, its weights still random.</summary>
    private static ScadModel Describe(string path, Dictionary<string, string> metadata) => ModelHeader.Read<Description, ScadModel>(path, metadata, DescriptionKey, "SCAD", found =>
    {
        if (found is not { Config: { } config, Scale: { Means: { } means, Deviations: { } deviations } scale, Class: { } name })
        {
            return null;
        }
        if (means.Length != config.Features || deviations.Length != config.Features || found.Features is { } names && names.Length != config.Features)
        {
            throw new InvalidDataException($"'{path}' describes {means.Length} means, {deviations.Length} deviations and {found.Features?.Length ?? config.Features} names for {config.Features} features; expected one each.");
        }
        WeightRoom.Require(Options.Validate(config).LeastWeights, path);
        return new ScadModel(new ScadModule(config), scale) { Features = found.Features, Class = name };
    });
}
