using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Files;

/// <summary>Reads and writes safetensors files: named tensors and a little text, nothing that could be executed.</summary>
/// <remarks>Format: 8 bytes little-endian length of a JSON header; the header; the tensors' bytes, row-major, without gaps.</remarks>
public static class Safetensors
{
    /// <summary>How the name of such a file ends.</summary>
    public const string Ending = ".safetensors";

    private const string MetadataKey = "__metadata__";
    private const long LongestHeader = 100_000_000;

    private static readonly (string name, ScalarType type, int bytes)[] Types =
    [
        ("F64", ScalarType.Float64, 8), ("F32", ScalarType.Float32, 4), ("F16", ScalarType.Float16, 2), ("BF16", ScalarType.BFloat16, 2),
        ("I64", ScalarType.Int64, 8), ("I32", ScalarType.Int32, 4), ("I16", ScalarType.Int16, 2), ("I8", ScalarType.Int8, 1),
        ("U8", ScalarType.Byte, 1), ("BOOL", ScalarType.Bool, 1),
    ];

    /// <summary>Writes tensors, in ordinal order of their names.</summary>
    /// <param name="path">The file; it appears whole or not at all.</param>
    /// <param name="tensors">The tensors, on any device.</param>
    /// <param name="metadata">Text to go with them. Default: none.</param>
    /// <exception cref="ArgumentException">A tensor is of a type that the format lacks, or has the name that the format keeps for the text.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var names = tensors.Keys.Order(StringComparer.Ordinal).ToArray();
        var header = new JsonObject();
        if (metadata is not null)
        {
            header[MetadataKey] = new JsonObject(metadata.Select(m => KeyValuePair.Create(m.Key, (JsonNode?)m.Value)));
        }
        long offset = 0;
        foreach (var name in names)
        {
            var (type, bytes) = Describe(name, tensors[name]);
            header[name] = new JsonObject
            {
                ["dtype"] = type,
                ["shape"] = new JsonArray([.. tensors[name].shape.Select(n => (JsonNode)n)]),
                ["data_offsets"] = new JsonArray(offset, offset + bytes),
            };
            offset += bytes;
        }
        var text = Encoding.UTF8.GetBytes(header.ToJsonString());
        var padded = (text.Length + 7) / 8 * 8; // readers that map the file want aligned data
        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, padded);
            stream.Write(length);
            stream.Write(text);
            stream.Write(Enumerable.Repeat((byte)' ', padded - text.Length).ToArray());
            foreach (var name in names)
            {
                using var whole = tensors[name].detach().cpu().contiguous();
                if (whole.NumberOfElements > 0)
                {
                    stream.Write(whole.bytes);
                }
            }
        });
    }

    /// <summary>Reads all tensors of a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not safetensors, or its header does not fit its data.</exception>
    public static (Dictionary<string, Tensor> Tensors, Dictionary<string, string> Metadata) Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"'{path}' does not exist; expected a safetensors file.", path);
        }
        using var stream = File.OpenRead(path);
        var (entries, metadata, start) = ReadHeader(path, stream);
        var tensors = new Dictionary<string, Tensor>();
        foreach (var entry in entries.OrderBy(e => e.Begin))
        {
            var whole = empty(entry.Shape, dtype: entry.Type);
            if (entry.End > entry.Begin)
            {
                stream.Position = start + entry.Begin;
                stream.ReadExactly(whole.bytes);
            }
            tensors[entry.Name] = whole;
        }
        return (tensors, metadata);
    }

    /// <summary>True for a file that begins as safetensors do: a length, and a JSON object of it.</summary>
    public static bool IsFile(string path)
    {
        Span<byte> start = stackalloc byte[9];
        using var file = File.OpenRead(path);
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start[8] == '{'
            && BitConverter.ToUInt64(start) <= (ulong)(file.Length - 8);
    }

    /// <summary>Reads only the text that goes with the tensors.</summary>
    public static Dictionary<string, string> ReadMetadata(string path)
    {
        using var stream = File.OpenRead(path);
        return ReadHeader(path, stream).Metadata;
    }

    private sealed record Entry(string Name, ScalarType Type, long[] Shape, long Begin, long End);

    private static (List<Entry> Entries, Dictionary<string, string> Metadata, long Start) ReadHeader(string path, Stream stream)
    {
        InvalidDataException Bad(string what) => new($"'{path}' is not a whole safetensors file: {what}.");
        Span<byte> prefix = stackalloc byte[8];
        if (stream.ReadAtLeast(prefix, 8, throwOnEndOfStream: false) < 8)
        {
            throw Bad($"it has {stream.Length} bytes; expected at least 8");
        }
        var length = BinaryPrimitives.ReadInt64LittleEndian(prefix);
        if (length < 2 || length > LongestHeader || length > stream.Length - 8)
        {
            throw Bad($"its header claims {(ulong)length} bytes, the file has {stream.Length}");
        }
        var text = new byte[length];
        stream.ReadExactly(text);
        var (entries, metadata) = (new List<Entry>(), new Dictionary<string, string>());
        var dataLength = stream.Length - 8 - length;
        try
        {
            foreach (var (name, node) in JsonNode.Parse(text)!.AsObject())
            {
                if (name == MetadataKey)
                {
                    foreach (var (key, value) in node!.AsObject())
                    {
                        metadata[key] = value!.GetValue<string>();
                    }
                    continue;
                }
                entries.Add(ReadEntry(name, node!.AsObject(), dataLength, Bad));
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException or FormatException or ArgumentException)
        {
            throw Bad($"its header is malformed ({e.Message})");
        }
        long end = 0;
        foreach (var entry in entries.OrderBy(e => e.Begin).ThenBy(e => e.End))
        {
            if (entry.Begin != end)
            {
                throw Bad($"the data of '{entry.Name}' begin at {entry.Begin}; expected {end}, where those before end");
            }
            end = entry.End;
        }
        return end == dataLength ? (entries, metadata, 8 + length) : throw Bad($"it has {dataLength} bytes of data; expected {end}");
    }

    private static Entry ReadEntry(string name, JsonObject node, long dataLength, Func<string, InvalidDataException> bad)
    {
        var typeName = node["dtype"]!.GetValue<string>();
        var type = Array.Find(Types, t => t.name == typeName);
        if (type.name is null)
        {
            throw bad($"'{name}' has the type {typeName}; expected one of {string.Join(", ", Types.Select(t => t.name))}");
        }
        var shape = node["shape"]!.AsArray().Select(n => n!.GetValue<long>()).ToArray();
        var offsets = node["data_offsets"]!.AsArray().Select(n => n!.GetValue<long>()).ToArray();
        if (offsets.Length != 2 || offsets[0] < 0 || offsets[1] < offsets[0] || offsets[1] > dataLength)
        {
            throw bad($"'{name}' has the data offsets {string.Join(" to ", offsets)}; expected two within 0 to {dataLength}");
        }
        if (Array.Exists(shape, size => size < 0))
        {
            throw bad($"'{name}' has the shape [{string.Join(", ", shape)}]; expected no negative size");
        }
        var bytes = (Int128)(shape.Contains(0) ? 0 : type.bytes);
        foreach (var size in shape)
        {
            bytes = bytes > dataLength ? bytes : bytes * size; // stops growing once it is already too large
        }
        if (offsets[1] - offsets[0] > Array.MaxLength)
        {
            throw bad($"'{name}' has {offsets[1] - offsets[0]} bytes; expected at most {Array.MaxLength} in one tensor");
        }
        return bytes == offsets[1] - offsets[0]
            ? new Entry(name, type.type, shape, offsets[0], offsets[1])
            : throw bad($"'{name}' of shape [{string.Join(", ", shape)}] has {offsets[1] - offsets[0]} bytes; expected {type.bytes} a value");
    }

    private static (string type, long bytes) Describe(string name, Tensor tensor)
    {
        if (name == MetadataKey)
        {
            throw new ArgumentException($"A tensor is named {MetadataKey}; expected another name, as safetensors keeps its text under that one.");
        }
        var type = Array.Find(Types, t => t.type == tensor.dtype);
        return type.name is null
            ? throw new ArgumentException($"'{name}' is of {tensor.dtype}; safetensors has {string.Join(", ", Types.Select(t => t.name))}.")
            : (type.name, tensor.NumberOfElements * type.bytes);
    }
}
