using System.Text.Json.Nodes;
using ScFm.Model.Devices;
using ScFm.Model.Files;
using ScFm.Model.Metrics;
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

    /// <summary>Names of the cases that match a pattern such as scfoundation_* and hold a tensor; one empty name where the folder is absent, so that the test can say so.</summary>
    public static TheoryData<string> Cases(string pattern, string tensor) =>
        Directory.Exists(TestFolders.Fixtures) ? [.. Names(pattern).Where(name => Lists(name, tensor))] : [""];

    private static bool Lists(string name, string tensor) =>
        JsonNode.Parse(File.ReadAllText(TestFolders.Fixture(name + ".json")))!["tensors"]!.AsObject().ContainsKey(tensor);

    /// <summary>The cases that match a pattern; where there is none the test is skipped.</summary>
    public static IEnumerable<Golden> AllOrSkip(string pattern)
    {
        var names = Names(pattern);
        Assert.SkipWhen(names.Length == 0, $"There is no {pattern}.json in '{TestFolders.Fixtures}'; name the fixtures' folder in SCFM_GOLDEN.");
        return names.Select(Read);
    }

    public static Golden Read(string name)
    {
        Assert.SkipWhen(name.Length == 0, $"The fixtures are absent from '{TestFolders.Fixtures}'; name their folder in SCFM_GOLDEN.");
        var path = TestFolders.Fixture(name + ".json");
        return new Golden(name, Safetensors.Read(Path.ChangeExtension(path, ".safetensors")).Tensors, JsonNode.Parse(File.ReadAllText(path))!.AsObject());
    }

    /// <summary>A tensor, where new models are put.</summary>
    public Tensor this[string name] => Placed(tensors[name]);

    public bool Has(string name) => tensors.ContainsKey(name);

    public double Number(string name) => Numbers(name)[0];

    public double[] Numbers(string name) => Values<double>(name, ScalarType.Float64);

    public long[] Integers(string name) => Values<long>(name, ScalarType.Int64);

    public Points Points(string name) => new((int)tensors[name].shape[0], (int)tensors[name].shape[1], Numbers(name));

    /// <summary>All tensors whose names begin so, under the rest of their names.</summary>
    public Dictionary<string, Tensor> Under(string prefix) =>
        tensors.Where(t => t.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(t => t.Key[prefix.Length..], t => Placed(t.Value));

    public static double LargestDifference(Tensor a, Tensor b)
    {
        Assert.Equal(b.shape, a.shape);
        return b.numel() == 0 ? 0 : (a.cpu().to(ScalarType.Float64) - b.cpu().to(ScalarType.Float64)).abs().max().item<double>();
    }

    private static Tensor Placed(Tensor tensor) => ComputeDevice.Current.type == DeviceType.CPU ? tensor : tensor.to(ComputeDevice.Current);

    private static string[] Names(string pattern) =>
        Directory.Exists(TestFolders.Fixtures) ? [.. Directory.GetFiles(TestFolders.Fixtures, pattern + ".json").Select(p => Path.GetFileNameWithoutExtension(p)).Order()] : [];

    private T[] Values<T>(string name, ScalarType type) where T : unmanaged
    {
        Assert.Equal(type, tensors[name].dtype);
        return tensors[name].data<T>().ToArray();
    }
}
