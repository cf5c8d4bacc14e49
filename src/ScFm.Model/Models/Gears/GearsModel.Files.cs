using System.Text.Json;
using ScFm.Model.Files;
using ScFm.Model.Models.ScFoundation;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Models.Gears;

public sealed partial class GearsModel
{
    /// <summary>The part of a file's header that says it is a GEARS.</summary>
    internal const string DescriptionKey = "gears";

    private const string WeightsPrefix = "weights.";
    private const string GenesPrefix = "genes.";
    private const string AlikePrefix = "perturbations.";

    /// <summary>What stands beside the weights in the file.</summary>
    private sealed record Description(GearsConfig Config, GearsNames Names);

    /// <summary>Writes one safetensors file: weights and graphs, the foundation model where there is one, and shape and names as JSON in its header.</summary>
    /// <param name="path">The file; it appears whole or not at all.</param>
    public void Save(string path)
    {
        using var scope = NewDisposeScope();
        var tensors = Foundation is null ? [] : ModelBytes.Of(Foundation);
        foreach (var (name, value) in Module.state_dict())
        {
            tensors[WeightsPrefix + name] = value;
        }
        foreach (var (prefix, graph) in new[] { (GenesPrefix, genes), (AlikePrefix, alike) })
        {
            (tensors[prefix + nameof(GeneGraph.Sources)], tensors[prefix + nameof(GeneGraph.Targets)]) = (tensor(graph.Sources), tensor(graph.Targets));
            tensors[prefix + nameof(GeneGraph.Weights)] = tensor(graph.Weights);
        }
        Safetensors.Write(path, tensors, new Dictionary<string, string> { [DescriptionKey] = JsonSerializer.Serialize(new Description(Module.Config, Names)) });
    }

    /// <summary>Reads a file that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or holds something else; where weights do not fit the shape, the message lists all that differ.</exception>
    public static GearsModel Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"'{path}' does not exist; expected a file that a GEARS was saved to.", path);
        }
        var (config, names) = Describe(path, Safetensors.ReadMetadata(path));
        WeightRoom.Require(config.LeastWeights, path);
        var (tensors, _) = Safetensors.Read(path);
        try
        {
            return Made(path, config, names, tensors);
        }
        finally
        {
            foreach (var tensor in tensors.Values)
            {
                tensor.Dispose();
            }
        }
    }

    private static GearsModel Made(string path, GearsConfig config, GearsNames names, Dictionary<string, Tensor> tensors)
    {
        var (genes, alike) = (Graph(path, tensors, GenesPrefix, config.Genes), Graph(path, tensors, AlikePrefix, config.Perturbations));
        var foundation = config.GivenFeatures
            ? ModelBytes.Open(tensors, file => ScFoundationModel.Load(file)) ?? throw new InvalidDataException($"'{path}' holds no scFoundation; expected the one that gives its genes' vectors.")
            : null;
        var module = new GearsModule(config, genes, alike);
        var weights = tensors.Where(entry => entry.Key.StartsWith(WeightsPrefix, StringComparison.Ordinal)).ToDictionary(entry => entry.Key[WeightsPrefix.Length..], entry => entry.Value);
        SavedWeights.Into(module, path, weights);
        return new GearsModel(module, genes, alike, names, foundation);
    }

    private static Description Describe(string path, Dictionary<string, string> metadata) => ModelHeader.Read<Description, Description>(path, metadata, DescriptionKey, "GEARS", found =>
    {
        if (found is not { Config.AbsentGenes: not null, Names: { Genes: { } genes, Perturbations: { } perturbations, Notes: not null } }
            || genes.Length != found.Config.Genes || perturbations.Length != found.Config.Perturbations
            || perturbations.Distinct(StringComparer.Ordinal).Count() < perturbations.Length)
        {
            return null;
        }
        found.Config.Checked();
        return found;
    });

    private static GeneGraph Graph(string path, Dictionary<string, Tensor> tensors, string prefix, int nodes)
    {
        if (!tensors.TryGetValue(prefix + nameof(GeneGraph.Sources), out var sources) || !tensors.TryGetValue(prefix + nameof(GeneGraph.Targets), out var targets)
            || !tensors.TryGetValue(prefix + nameof(GeneGraph.Weights), out var weights)
            || (sources.dtype, targets.dtype, weights.dtype) != (ScalarType.Int32, ScalarType.Int32, ScalarType.Float32)
            || sources.numel() != weights.numel() || targets.numel() != weights.numel())
        {
            throw new InvalidDataException($"'{path}' holds no graph '{prefix}'; expected sources, targets and weights of its edges.");
        }
        var graph = new GeneGraph(nodes, sources.data<int>().ToArray(), targets.data<int>().ToArray(), weights.data<float>().ToArray());
        return graph.Sources.Concat(graph.Targets).All(node => (uint)node < (uint)nodes) && graph.Weights.All(weight => weight >= 0 && float.IsFinite(weight))
            ? graph
            : throw new InvalidDataException($"'{path}' holds a graph '{prefix}' with edges outside of its {nodes} nodes, or of weights that are none; expected nodes from 0 on and weights of 0 or more.");
    }
}
