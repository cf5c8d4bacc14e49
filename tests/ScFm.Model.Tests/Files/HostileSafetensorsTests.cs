using System.Buffers.Binary;
using System.Text;
using ScFm.Model.Files;

namespace ScFm.Model.Tests.Files;

/// <summary>Damaged and malicious files: one sentence that names the file, and no memory taken for what is not there.</summary>
public sealed class HostileSafetensorsTests
{
    private static string Entry(string name, string shape, string offsets, string type = "F32") =>
        $"\"{name}\":{{\"dtype\":\"{type}\",\"shape\":[{shape}],\"data_offsets\":[{offsets}]}}";

    private static string A(string shape, string offsets, string type = "F32") => "{" + Entry("a", shape, offsets, type) + "}";

    /// <summary>What is wrong, the header, the bytes of data behind it, a part of the message.</summary>
    public static TheoryData<string, string, int, string> Headers => new()
    {
        { "beyond the file", A("4", "0,16"), 8, "'a' has the data offsets 0 to 16; expected two within 0 to 8" },
        { "negative offset", A("2", "-8,0"), 8, "'a' has the data offsets -8 to 0; expected two within 0 to 8" },
        { "end before begin", A("2", "8,0"), 8, "'a' has the data offsets 8 to 0; expected two within 0 to 8" },
        { "one offset", A("2", "8"), 8, "'a' has the data offsets 8; expected two within 0 to 8" },
        { "three offsets", A("2", "0,4,8"), 8, "'a' has the data offsets 0 to 4 to 8; expected two within 0 to 8" },
        { "offset of 2^63", A("2", "0,9223372036854775808"), 8, "its header is malformed" },
        { "overlap", "{" + Entry("a", "2", "0,8") + "," + Entry("b", "2", "4,12") + "}", 12, "the data of 'b' begin at 4; expected 8, where those before end" },
        { "same place twice", "{" + Entry("a", "2", "0,8") + "," + Entry("b", "2", "0,8") + "}", 8, "the data of 'b' begin at 0; expected 8, where those before end" },
        { "gap", "{" + Entry("a", "1", "0,4") + "," + Entry("b", "1", "8,12") + "}", 12, "the data of 'b' begin at 8; expected 4, where those before end" },
        { "gap at the start", A("1", "4,8"), 8, "the data of 'a' begin at 4; expected 0, where those before end" },
        { "bytes left over", A("1", "0,4"), 9, "it has 9 bytes of data; expected 4" },
        { "shape too large for its bytes", A("3", "0,8"), 8, "'a' of shape [3] has 8 bytes; expected 4 a value" },
        { "shape too small for its bytes", A("1", "0,8"), 8, "'a' of shape [1] has 8 bytes; expected 4 a value" },
        { "negative size", A("-2", "0,8"), 8, "'a' has the shape [-2]; expected no negative size" },
        { "two negative sizes", A("-2,-1", "0,8"), 8, "'a' has the shape [-2, -1]; expected no negative size" },
        { "negative size beside zero", A("-5,0", "0,0"), 0, "'a' has the shape [-5, 0]; expected no negative size" },
        { "product that overflows to the right number", A("4294967296,4294967296,2", "0,0"), 0, "'a' of shape [4294967296, 4294967296, 2] has 0 bytes; expected 4 a value" },
        { "product beyond 128 bits", A("9223372036854775807,9223372036854775807,9223372036854775807", "0,8"), 8, "has 8 bytes; expected 4 a value" },
        { "size that is a fraction", A("1.5", "0,8"), 8, "its header is malformed" },
        { "size that is text", A("\"2\"", "0,8"), 8, "its header is malformed" },
        { "duplicate name", "{" + Entry("a", "1", "0,4") + "," + Entry("a", "1", "4,8") + "}", 8, "its header is malformed" },
        { "duplicate field", "{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "its header is malformed" },
        { "duplicate metadata", "{\"__metadata__\":{\"a\":\"1\"},\"__metadata__\":{\"a\":\"2\"}}", 0, "its header is malformed" },
        { "unknown type", A("1", "0,4", "F31"), 4, "'a' has the type F31; expected one of F64, F32" },
        { "no type", "{\"a\":{\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "its header is malformed" },
        { "no offsets", "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}", 4, "its header is malformed" },
        { "null entry", "{\"a\":null}", 0, "its header is malformed" },
        { "entry that is a number", "{\"a\":3}", 0, "its header is malformed" },
        { "metadata that are not text", "{\"__metadata__\":{\"a\":3}}", 0, "its header is malformed" },
        { "a list", "[1,2]", 0, "its header is malformed" },
        { "no JSON", "{\"a\":", 0, "its header is malformed" },
        { "nested too deep", string.Concat(Enumerable.Repeat("{\"a\":", 5000)), 0, "its header is malformed" },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public void A_header_that_does_not_fit_is_refused(string what, string header, int data, string message)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("bad.safetensors");
        File.WriteAllBytes(path, Whole(Encoding.UTF8.GetBytes(header), data));
        Refused(path, message, what);
    }

    [Theory]
    [InlineData(0x8000000000000000)]
    [InlineData(0x7FFFFFFFFFFFFFFF)]
    [InlineData(ulong.MaxValue)]
    [InlineData(100_000_001)]
    [InlineData(25)]
    [InlineData(1)]
    [InlineData(0)]
    public void A_header_length_that_cannot_be_is_refused(ulong length)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("bad.safetensors");
        var bytes = new byte[8 + 24];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        File.WriteAllBytes(path, bytes);
        Refused(path, $"its header claims {length} bytes, the file has 32");
    }

    [Fact]
    public void A_file_cut_at_any_byte_is_refused()
    {
        using var folder = new TemporaryFolder();
        var whole = Whole(Encoding.UTF8.GetBytes("{" + Entry("a", "2", "0,8") + "," + Entry("b", "1", "8,12") + "}"), 12);
        var path = folder.File("cut.safetensors");
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            Refused(path, "");
        }
        File.WriteAllBytes(path, whole);
        Assert.Equal(2, Safetensors.Read(path).Tensors.Count);
    }

    [Fact]
    public void A_tensor_larger_than_memory_can_hold_in_one_piece_is_refused_before_it_is_set_aside()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("large.safetensors");
        const long Bytes = 1L << 40;
        var header = Encoding.UTF8.GetBytes(A($"{Bytes / 4}", $"0,{Bytes}"));
        File.WriteAllBytes(path, Whole(header, 0));
        using (var file = File.OpenWrite(path))
        {
            file.SetLength(8 + header.Length + Bytes); // a hole: the disk gives no space for it
        }
        Refused(path, $"'a' has {Bytes} bytes; expected at most {Array.MaxLength} in one tensor");
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Equal("'/nowhere/model.safetensors' does not exist; expected a safetensors file.",
            Assert.Throws<FileNotFoundException>(() => Safetensors.Read("/nowhere/model.safetensors")).Message);

    [Fact]
    public void An_empty_tensor_with_a_large_other_size_is_whole()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("empty.safetensors");
        File.WriteAllBytes(path, Whole(Encoding.UTF8.GetBytes(A("100000,0", "0,0")), 0));
        Assert.Equal([100_000, 0], Safetensors.Read(path).Tensors["a"].shape);
    }

    private static void Refused(string path, string message, string what = "cut")
    {
        var error = Record.Exception(() => Safetensors.Read(path));
        Assert.True(error is InvalidDataException, $"{what}: {error?.GetType().Name ?? "no error"}: {error?.Message}");
        Assert.StartsWith($"'{path}' is not a whole safetensors file: ", error!.Message);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static byte[] Whole(byte[] header, int data)
    {
        var bytes = new byte[8 + header.Length + data];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, header.Length);
        header.CopyTo(bytes, 8);
        return bytes;
    }
}
