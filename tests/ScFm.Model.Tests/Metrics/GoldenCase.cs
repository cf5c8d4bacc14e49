using System.Runtime.InteropServices;
using System.Text.Json;
using ScFm.Model.Metrics;
using ScFm.Model.Tests.Graphs;

namespace ScFm.Model.Tests.Metrics;

/// <summary>One case of the shared numeric fixtures: named tensors in a safetensors file.</summary>
internal sealed class GoldenCase
{
    private readonly byte[] data;
    private readonly JsonElement header;

    private GoldenCase(string path)
    {
        var file = File.ReadAllBytes(path);
        var length = (int)BitConverter.ToInt64(file);
        header = JsonDocument.Parse(file.AsMemory(8, length)).RootElement;
        data = file[(8 + length)..];
    }

    internal static IEnumerable<GoldenCase> AllOrSkip(string pattern)
    {
        var folder = Environment.GetEnvironmentVariable("SCFM_GOLDEN") ?? Path.Combine(TestFolders.Root, "..", "shared", "golden");
        string[] paths = Directory.Exists(folder) ? Directory.GetFiles(folder, pattern + ".safetensors") : [];
        if (paths.Length == 0)
        {
            Assert.Skip($"There is no {pattern}.safetensors in {folder}; name the fixtures' folder in SCFM_GOLDEN.");
        }
        return paths.Select(path => new GoldenCase(path));
    }

    internal bool Has(string name) => header.TryGetProperty(name, out _);

    internal double Number(string name) => Numbers(name)[0];

    internal double[] Numbers(string name) => Values<double>(name, "F64");

    internal long[] Integers(string name) => Values<long>(name, "I64");

    internal Points Points(string name)
    {
        var shape = header.GetProperty(name).GetProperty("shape");
        return new Points(shape[0].GetInt32(), shape[1].GetInt32(), Numbers(name));
    }

    private T[] Values<T>(string name, string type) where T : struct
    {
        var tensor = header.GetProperty(name);
        Assert.Equal(type, tensor.GetProperty("dtype").GetString());
        var range = tensor.GetProperty("data_offsets");
        return MemoryMarshal.Cast<byte, T>(data.AsSpan(range[0].GetInt32()..range[1].GetInt32())).ToArray();
    }
}
