using System.Numerics;
using System.Text;
using System.Text.Json.Nodes;
using ScFm.Model.Files.PyTorch;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Files.PyTorch;

/// <summary>Every value of the fixtures that PyTorch wrote, in the zip format and in the older stream.</summary>
public sealed class PyTorchFixtureTests
{
    private const string Skipped = "";

    public static TheoryData<string, string> OddFiles => Files("odd_tensors*", "odd_tensors");

    public static TheoryData<string, string> CheckpointFiles => Files("checkpoint_*", "models");

    [Theory]
    [MemberData(nameof(OddFiles))]
    public void Tensors_of_every_layout_and_type_have_the_values_that_PyTorch_gives(string name, string file)
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Read(name);
        using var checkpoint = PyTorchCheckpoint.Open(TestFolders.Fixture(file));
        var tensors = checkpoint.Tensors(Part(checkpoint, "tensors"));
        Assert.Equal(golden.Json["tensors"]!.AsObject().Count, tensors.Count);
        foreach (var tensor in golden.Json["tensors"]!.AsObject().Select(t => t.Key))
        {
            var found = tensors[tensor];
            var expected = golden[tensor];
            Assert.Equal(expected.shape, found.Shape);
            using var read = found.ToTensor().to(expected.dtype); // half and the narrow integers stand in the fixture as wider types, exactly
            Assert.True(read.contiguous().bytes.SequenceEqual(expected.bytes), tensor);
            Assert.Equal(found.Bytes, found.ToBytes().Length);
        }
    }

    [Theory]
    [MemberData(nameof(OddFiles))]
    public void Values_of_Python_are_those_that_were_saved(string name, string file)
    {
        var golden = Golden.Read(name);
        using var checkpoint = PyTorchCheckpoint.Open(TestFolders.Fixture(file));
        var root = Part(checkpoint, "meta");
        var meta = golden.Json["meta"]!.AsObject();
        Assert.NotEmpty(meta);
        foreach (var (key, expected) in meta)
        {
            Assert.True(root.Has(key), key);
            Assert.True(JsonNode.DeepEquals(expected, Json(root[key])), $"{key}: {Json(root[key])?.ToJsonString()}, expected {expected?.ToJsonString()}");
        }
    }

    [Theory]
    [MemberData(nameof(CheckpointFiles))]
    public void The_state_of_a_published_checkpoint_has_the_same_bits(string name, string file)
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Read(name);
        using var checkpoint = PyTorchCheckpoint.Open(TestFolders.Fixture(file));
        var compared = 0;
        foreach (var (key, value) in Assert.IsType<PythonDictionary>(checkpoint.Root))
        {
            var tensors = checkpoint.Tensors(Assert.IsType<PythonDictionary>(value)["state_dict"]);
            foreach (var (tensor, expected) in golden.Under($"{key}.state."))
            {
                var found = tensors["model." + tensor];
                Assert.Equal(expected.dtype, found.Type.Scalar);
                Assert.Equal(expected.shape, found.Shape);
                Assert.True(expected.bytes.SequenceEqual(found.ToBytes()), tensor);
                compared++;
            }
        }
        Assert.Equal(golden.Json["tensors"]!.AsObject().Count(t => t.Key.Contains(".state.", StringComparison.Ordinal)), compared);
    }

    private static PythonDictionary Part(PyTorchCheckpoint checkpoint, string name) =>
        Assert.IsType<PythonDictionary>(Assert.IsType<PythonDictionary>(checkpoint.Root)[name]);

    /// <summary>The cases that match, with each file beside them that has a name's beginning and is no fixture itself.</summary>
    private static TheoryData<string, string> Files(string pattern, string beginning)
    {
        var files = new TheoryData<string, string>();
        if (!Directory.Exists(TestFolders.Fixtures))
        {
            files.Add(Skipped, Skipped);
            return files;
        }
        foreach (var name in Directory.GetFiles(TestFolders.Fixtures, pattern + ".json").Select(path => Path.GetFileNameWithoutExtension(path)!).Order())
        {
            var own = beginning == "models" ? beginning + name["checkpoint".Length..] : name;
            foreach (var file in Directory.GetFiles(TestFolders.Fixtures, own + "*").Select(path => Path.GetFileName(path)!).Where(f => f.EndsWith(".pt", StringComparison.Ordinal) || f.EndsWith(".ckpt", StringComparison.Ordinal)).Order())
            {
                files.Add(name, file);
            }
        }
        return files;
    }

    /// <summary>A value as the fixture's JSON has it.</summary>
    private static JsonNode? Json(object? value) => value switch
    {
        null => null,
        bool flag => flag,
        long whole => whole,
        BigInteger large => JsonNode.Parse(large.ToString()),
        double number => number,
        string text => text,
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        TensorType type => $"torch.{type}",
        CheckpointTensor tensor => Nested([.. tensor.ToTensor().to(ScalarType.Float64).data<double>()], [.. tensor.Shape]),
        PythonDictionary dictionary => new JsonObject(dictionary.Select(item => KeyValuePair.Create((string)item.Key!, Json(item.Value)))),
        System.Collections.IEnumerable items => new JsonArray([.. items.Cast<object?>().Select(Json)]),
        _ => throw new InvalidDataException($"a {value.GetType().Name} is no value of a checkpoint"),
    };

    private static JsonNode Nested(double[] values, long[] shape)
    {
        if (shape.Length == 0)
        {
            return values[0];
        }
        var part = values.Length / (int)shape[0];
        return new JsonArray([.. values.Chunk(part).Select(chunk => Nested(chunk, shape[1..]))]);
    }
}
