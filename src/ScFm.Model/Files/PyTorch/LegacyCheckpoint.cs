using System.Numerics;

namespace ScFm.Model.Files.PyTorch;

/// <summary>The format of torch.save before PyTorch 1.6: five pickles (magic number, protocol, machine, value, keys), then the storages in the order of the keys.</summary>
/// <remarks>Source: PyTorch's torch/serialization.py, _legacy_save.</remarks>
internal sealed class LegacyCheckpoint
{
    private const long Protocol = 1001;

    private static readonly BigInteger Magic = BigInteger.Parse("119547037146038801333356", System.Globalization.CultureInfo.InvariantCulture);

    private readonly CheckpointFile file;
    private readonly Dictionary<string, (FileStorage Bytes, TensorType Type)> storages = new(StringComparer.Ordinal);

    private LegacyCheckpoint(CheckpointFile file) => this.file = file;

    public static object? Read(CheckpointFile file)
    {
        var input = new PickleInput(file, 0, file.Length);
        var checkpoint = new LegacyCheckpoint(file);
        if (checkpoint.Next(input) is not BigInteger magic || magic != Magic)
        {
            throw new InvalidDataException("it is a pickle that torch.save did not write");
        }
        if (checkpoint.Next(input) is not Protocol)
        {
            throw new InvalidDataException($"it is of another version of the format; expected {Protocol}");
        }
        if (PickleValue.As<PythonDictionary>(checkpoint.Next(input), "the machine")["little_endian"] is not true)
        {
            throw new InvalidDataException("it was written on a big-endian machine; expected little-endian");
        }
        var value = checkpoint.Next(input);
        checkpoint.Locate(PickleValue.As<List<object?>>(checkpoint.Next(input), "the keys of the storages"), input.Position);
        return value;
    }

    private object? Next(PickleInput input) => new PickleMachine(input, Storage).Run();

    private TypedStorage Storage(object? id)
    {
        var parts = PickleValue.As<object?[]>(id, "a storage");
        var (type, key, count) = StorageId.Parse(parts);
        if (type is null)
        {
            throw new InvalidDataException("its pickle has a storage without a type; expected one such as torch.FloatStorage");
        }
        if (!storages.TryGetValue(key, out var whole))
        {
            // the bytes follow the pickle; a size that the file cannot have is refused before a tensor relies on it
            if (count > file.Length / type.Bytes)
            {
                throw new InvalidDataException($"its pickle has a storage of {count} values; the file has {file.Length} bytes");
            }
            storages[key] = whole = (new FileStorage(file, count * type.Bytes), type);
        }
        if (type != whole.Type || count * (Int128)type.Bytes != whole.Bytes.Length)
        {
            throw new InvalidDataException($"its pickle gives the storage '{key}' two types or sizes");
        }
        return new TypedStorage(parts.Length > 5 && parts[5] is object?[] view ? View(whole.Bytes, view, type.Bytes) : whole.Bytes, type);
    }

    private static StorageView View(FileStorage whole, object?[] view, int bytes)
    {
        var (start, count) = (PickleValue.Argument<long>(view, 1, "a view's offset"), PickleValue.Argument<long>(view, 2, "a view's size"));
        return start >= 0 && count >= 0 && (Int128)bytes * ((Int128)start + count) <= whole.Length
            ? new StorageView(whole, start * bytes, count * bytes)
            : throw new InvalidDataException($"its pickle views {count} values from {start} on of a storage of {whole.Length / bytes}");
    }

    /// <summary>Finds the bytes of each storage: an 8-byte number of values, then the values.</summary>
    private void Locate(List<object?> keys, long position)
    {
        var missing = storages.Keys.ToHashSet(StringComparer.Ordinal);
        foreach (var key in keys.Select(key => PickleValue.As<string>(key, "a storage's key")))
        {
            if (!missing.Remove(key))
            {
                throw new InvalidDataException($"it has a storage '{key}' that its pickle does not name, or has it twice");
            }
            var (bytes, type) = storages[key];
            var count = BitConverter.ToInt64(file.Read(position, sizeof(long)));
            if (count != bytes.Length / type.Bytes)
            {
                throw new InvalidDataException($"its storage '{key}' has {count} values; expected {bytes.Length / type.Bytes}");
            }
            bytes.Position = position + sizeof(long);
            file.Require(bytes.Position, bytes.Length);
            position = bytes.Position + bytes.Length;
        }
        if (missing.Count > 0)
        {
            throw new InvalidDataException($"it lacks {missing.Count} of its {storages.Count} storages, the first '{missing.First()}'");
        }
    }
}
