using System.Text.Json.Nodes;
using ScFm.Model.Files;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tests;

/// <summary>The numeric fixtures of the official implementations.</summary>
internal sealed class Golden
{
    private readonly Dictionary<string, Tensor> tensors;

    private Golden(string name, Dictionary<string, Tensor> tensors, JsonObject json) => (Name, this.tensors, Json) = (name, tensors, json);

    public string Name { get; }

    public JsonObject Json { get; }

    public JsonObject Config => Json["config"]!.AsObject();

    public static string Folder => Environment.GetEnvironmentVariable("SCFM_GOLDEN") ?? Path.Combine(RepositoryRoot, "..", "shared", "golden");

    public static string RepositoryRoot { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>Names of the cases that match a pattern such as scfoundation_*; one empty name where the folder is absent, so that the test can say so.</summary>
    public static TheoryData<string> Cases(string pattern) =>
        Directory.Exists(Folder) ? [.. Directory.GetFiles(Folder, pattern + ".json").Select(p => Path.GetFileNameWithoutExtension(p)!).Order()] : [""];

    public static Golden Read(string name)
    {
        Assert.SkipWhen(name.Length == 0, $"The fixtures' folder '{Folder}' is absent.");
        var path = Path.Combine(Folder, name);
        return new Golden(name, Safetensors.Read(path + ".safetensors").Tensors, JsonNode.Parse(File.ReadAllText(path + ".json"))!.AsObject());
    }

    public Tensor this[string name] => tensors[name];

    public bool Has(string name) => tensors.ContainsKey(name);

    /// <summary>All tensors whose names begin so, under the rest of their names.</summary>
    public Dictionary<string, Tensor> Under(string prefix) =>
        tensors.Where(t => t.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(t => t.Key[prefix.Length..], t => t.Value);

    public static double LargestDifference(Tensor a, Tensor b)
    {
        Assert.Equal(b.shape, a.shape);
        return b.numel() == 0 ? 0 : (a.to(ScalarType.Float64) - b.to(ScalarType.Float64)).abs().max().item<double>();
    }

    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "ScFm.Interactive.sln")) ? folder : FindRoot(Path.GetDirectoryName(folder.TrimEnd('/'))!);
}
