using System.Text.Json;
using ScFm.Model.Files;

namespace ScFm.Model.Models.DeepCdr;

public sealed partial class DeepCdrModel
{
    /// <summary>The part of a file's header that says it is a DeepCDR.</summary>
    internal const string DescriptionKey = "deepcdr";

    /// <summary>What stands beside the weights in the file.</summary>
    private sealed record Description(DeepCdrConfig Config, FeatureScale[] Scales);

    /// <summary>Writes one safetensors file: the weights, and the shape and the tables' scales as JSON in its header. The drugs' graphs are not part of it.</summary>
    /// <param name="path">The file; it appears whole or not at all.</param>
    public void Save(string path) => Safetensors.Write(
        path, Module.state_dict(), new Dictionary<string, string> { [DescriptionKey] = JsonSerializer.Serialize(new Description(Module.Config, scales)) });

    /// <summary>Reads a file that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or holds something else; where weights do not fit the shape, the message lists all that differ.</exception>
    public static DeepCdrModel Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"'{path}' does not exist; expected a file that a DeepCDR was saved to.", path);
        }
        var model = Describe(path, Safetensors.ReadMetadata(path));
        SavedWeights.Into(model.Module, path);
        return model;
    }

    /// <summary>The model of a file, its weights still random.</summary>
    private static DeepCdrModel Describe(string path, Dictionary<string, string> metadata) => ModelHeader.Read<Description, DeepCdrModel>(path, metadata, DescriptionKey, "DeepCDR", found =>
    {
        if (found is not { Config: { Units: not null, Branches: not null } config, Scales: { } scales })
        {
            return null;
        }
        if (scales.Length != config.Checked().Branches.Length || scales.Where((scale, i) => scale?.Means?.Length != config.Branches[i].Width || scale.Deviations?.Length != config.Branches[i].Width).Any())
        {
            throw new InvalidDataException($"'{path}' describes scales that do not fit its branches; expected a mean and a deviation for every column.");
        }
        WeightRoom.Require(config.LeastWeights, path);
        return new DeepCdrModel(new DeepCdrModule(config), scales);
    });
}
