using System.Text;

namespace ScFm.Model.Files.PyTorch;

/// <summary>All that a checkpoint's pickle may name: plain containers, tensors and their types, numbers of NumPy.</summary>
/// <remarks>Source: PyTorch's torch/_utils.py and torch/serialization.py for the arguments of each.</remarks>
internal static class PickleGlobals
{
    private const string TensorParts = "a tensor's part";

    private static readonly Dictionary<string, Func<object?[], object?>> Calls = new(StringComparer.Ordinal)
    {
        ["collections.OrderedDict"] = Dictionary,
        ["builtins.dict"] = Dictionary,
        ["__builtin__.dict"] = Dictionary,
        ["builtins.set"] = Set,
        ["__builtin__.set"] = Set,
        ["builtins.frozenset"] = Set,
        ["__builtin__.frozenset"] = Set,
        ["_codecs.encode"] = Encode,
        ["torch.Size"] = parts => PickleValue.Wholes(PickleValue.Argument<object?[]>(parts, 0, "a size"), "a size").Select(n => (object?)n).ToArray(),
        ["torch.device"] = parts => parts.Length > 1
            ? $"{PickleValue.Argument<string>(parts, 0, "a device")}:{PickleValue.Argument<long>(parts, 1, "a device's number")}"
            : PickleValue.Argument<string>(parts, 0, "a device"),
        ["torch._utils._rebuild_tensor"] = Tensor,
        ["torch._utils._rebuild_tensor_v2"] = Tensor,
        ["torch._utils._rebuild_tensor_v3"] = parts => Tensor(parts, PickleValue.Argument<TensorType>(parts, 6, "a dtype")),
        ["torch._utils._rebuild_parameter"] = parts => PickleValue.Argument<CheckpointTensor>(parts, 0, "a parameter's values"),
        ["numpy.dtype"] = NumpyArray.Type,
        ["numpy.ndarray"] = _ => new NumpyArray(),
        ["numpy.core.multiarray._reconstruct"] = _ => new NumpyArray(),
        ["numpy._core.multiarray._reconstruct"] = _ => new NumpyArray(),
        ["numpy.core.numeric._frombuffer"] = NumpyArray.FromBuffer,
        ["numpy._core.numeric._frombuffer"] = NumpyArray.FromBuffer,
        ["numpy.core.multiarray.scalar"] = NumpyArray.Scalar,
        ["numpy._core.multiarray.scalar"] = NumpyArray.Scalar,
    };

    /// <summary>What stands in for a name: a <see cref="PickleGlobal"/>, a <see cref="TensorType"/> or a <see cref="StorageClass"/>.</summary>
    /// <exception cref="InvalidDataException">The name is none of those allowed; the message says it.</exception>
    public static object Find(string module, string name)
    {
        var full = $"{module}.{name}";
        if (Calls.TryGetValue(full, out var call))
        {
            return new PickleGlobal(full, call);
        }
        if (full is "torch.storage.UntypedStorage" or "torch.UntypedStorage")
        {
            return new StorageClass(null);
        }
        if (module == "torch" && TensorType.FromStorage(name) is { } stored)
        {
            return new StorageClass(stored);
        }
        return module == "torch" && TensorType.FromName(name) is { } type
            ? type
            : throw new InvalidDataException($"its pickle asks for {Printable(full)}, which was not run; expected tensors, numbers, text and containers only");
    }

    private static PythonDictionary Dictionary(object?[] arguments)
    {
        var made = new PythonDictionary();
        if (arguments is [List<object?> pairs])
        {
            foreach (var pair in pairs)
            {
                var items = pair as object?[] ?? [.. PickleValue.As<List<object?>>(pair, "an item of a dict")];
                if (items is not [var key, var value])
                {
                    throw new InvalidDataException($"its pickle has an item of a dict with {items.Length} parts; expected a key and a value");
                }
                made.Set(key, value);
            }
        }
        return made;
    }

    private static HashSet<object?> Set(object?[] arguments) =>
        new(arguments.Length == 0 ? [] : PickleValue.As<List<object?>>(arguments[0], "the items of a set"), PickleHash.Instance);

    private static byte[] Encode(object?[] arguments)
    {
        var (text, encoding) = (PickleValue.Argument<string>(arguments, 0, "text"), PickleValue.Argument<string>(arguments, 1, "an encoding"));
        return encoding is "latin1" or "latin-1"
            ? Encoding.Latin1.GetBytes(text)
            : throw new InvalidDataException($"its pickle has bytes in the encoding '{Printable(encoding)}'; expected latin1");
    }

    private static CheckpointTensor Tensor(object?[] parts)
    {
        var storage = PickleValue.Argument<TypedStorage>(parts, 0, TensorParts);
        return Tensor(parts, storage.Type ?? throw new InvalidDataException("its pickle has a tensor of bytes without a type; expected a typed storage"));
    }

    private static CheckpointTensor Tensor(object?[] parts, TensorType type) => new(
        PickleValue.Argument<TypedStorage>(parts, 0, TensorParts).Bytes,
        type,
        PickleValue.Argument<long>(parts, 1, TensorParts),
        PickleValue.Wholes(PickleValue.Argument<object?>(parts, 2, TensorParts), "a shape"),
        PickleValue.Wholes(PickleValue.Argument<object?>(parts, 3, TensorParts), "strides"));

    private static string Printable(string name) => string.Concat(name.Take(200).Select(letter => char.IsControl(letter) ? '?' : letter));
}
