using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using ScFm.Model.Files;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Files;

/// <summary>What is written is what the format says, and comes back.</summary>
public sealed class SafetensorsTests
{
    private static readonly ScalarType[] Types =
    [
        ScalarType.Float64, ScalarType.Float32, ScalarType.Float16, ScalarType.BFloat16, ScalarType.Int64, ScalarType.Int32, ScalarType.Int16, ScalarType.Int8,
        ScalarType.Byte, ScalarType.Bool,
    ];

    [Fact]
    public void Every_type_of_every_rank_comes_back_with_the_same_bits()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        long[][] shapes = [[], [1], [0], [5, 0, 2], [7], [3, 5], [2, 3, 4]];
        var written = new Dictionary<string, Tensor>();
        foreach (var type in Types)
        {
            foreach (var shape in shapes)
            {
                var count = (int)shape.Aggregate(1L, (a, b) => a * b);
                var values = arange(count).view(shape) - (type == ScalarType.Byte ? 0 : 3);
                written[$"{type}.{string.Join('x', shape)}"] = values.to(type);
            }
        }
        written["odd values"] = tensor(new[] { float.NaN, float.NegativeInfinity, -0f, float.Epsilon, float.MaxValue });
        written["transposed"] = arange(6).view(2, 3).t();
        written["name with \"quotes\", ü and \\"] = ones(2);
        var path = folder.File("all.safetensors");
        Safetensors.Write(path, written, new Dictionary<string, string> { ["said"] = "a \"text\"\nin two lines" });

        var (read, metadata) = Safetensors.Read(path);
        Assert.Equal(written.Keys.Order(StringComparer.Ordinal), read.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, tensor) in written)
        {
            Assert.Equal(tensor.dtype, read[name].dtype);
            Assert.Equal(tensor.shape, read[name].shape);
            if (tensor.numel() > 0)
            {
                using var whole = tensor.contiguous();
                Assert.True(whole.bytes.SequenceEqual(read[name].bytes), name);
            }
        }
        Assert.Equal("a \"text\"\nin two lines", Assert.Single(metadata).Value);
        Assert.Equal(metadata, Safetensors.ReadMetadata(path));
    }

    [Fact]
    public void A_file_is_laid_out_as_the_format_says()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var path = folder.File("two.safetensors");
        Safetensors.Write(path, new Dictionary<string, Tensor> { ["b"] = tensor(new[] { 1.5f, -2f }), ["a"] = tensor(new[,] { { 1L }, { 258L } }) });

        var bytes = File.ReadAllBytes(path); // read again by hand, without this project's reader
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        Assert.Equal(0, length % 8);
        using var header = JsonDocument.Parse(Encoding.UTF8.GetString(bytes, 8, length));
        byte[] Data(string name, string type, params long[] shape)
        {
            var entry = header.RootElement.GetProperty(name);
            Assert.Equal(type, entry.GetProperty("dtype").GetString());
            Assert.Equal(shape, entry.GetProperty("shape").EnumerateArray().Select(n => n.GetInt64()));
            var offsets = entry.GetProperty("data_offsets").EnumerateArray().Select(n => n.GetInt32()).ToArray();
            return bytes[(8 + length + offsets[0])..(8 + length + offsets[1])];
        }
        Assert.Equal([1, 0, 0, 0, 0, 0, 0, 0, 2, 1, 0, 0, 0, 0, 0, 0], Data("a", "I64", 2, 1));
        Assert.Equal([0, 0, 0xC0, 0x3F, 0, 0, 0, 0xC0], Data("b", "F32", 2)); // IEEE 754: 1.5 is 3FC00000, -2 is C0000000
        Assert.Equal(8 + length + 24, bytes.Length);
    }

    [Fact]
    public void A_tensor_of_a_type_that_the_format_lacks_is_named_and_nothing_is_written()
    {
        using var folder = new TemporaryFolder();
        using var complex = zeros(2, dtype: ScalarType.ComplexFloat32);
        var error = Assert.Throws<ArgumentException>(() => Safetensors.Write(folder.File("no.safetensors"), new Dictionary<string, Tensor> { ["z"] = complex }));
        Assert.StartsWith("'z' is of ComplexFloat32; safetensors has F64, ", error.Message);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_tensor_of_the_name_that_the_text_has_is_named_and_nothing_is_written()
    {
        using var folder = new TemporaryFolder();
        using var one = ones(1);
        var error = Assert.Throws<ArgumentException>(() => Safetensors.Write(folder.File("no.safetensors"), new Dictionary<string, Tensor> { ["__metadata__"] = one }));
        Assert.StartsWith("A tensor is named __metadata__; expected another name", error.Message);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }
}
