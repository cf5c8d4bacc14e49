using System.Buffers.Binary;
using System.Globalization;

namespace ScFm.Model.Files.PyTorch;

/// <summary>A file that torch.save wrote, zip or the older stream, read without running anything that its pickle asks for.</summary>
/// <remarks>
/// Values are: null, bool, long (BigInteger beyond 64 bits), double, string, byte[], List&lt;object?&gt; for a list, object?[] for a tuple or torch.Size,
/// HashSet&lt;object?&gt;, <see cref="PythonDictionary"/>, <see cref="TensorType"/> for a dtype, and <see cref="CheckpointTensor"/> for tensors, parameters and
/// arrays of NumPy. Tensors read their values from the file when they are asked, so the file stays open until this is disposed.
/// </remarks>
/// <example><code>
/// using var checkpoint = PyTorchCheckpoint.Open("model.pt");
/// foreach (var (name, tensor) in checkpoint.Tensors())
/// {
///     Console.WriteLine($"{name} {tensor}");
/// }
/// </code></example>
public sealed class PyTorchCheckpoint : IDisposable
{
    private const int Deepest = 64;
    private const int MostValues = 1_000_000;

    private readonly CheckpointFile file;

    private PyTorchCheckpoint(string path, CheckpointFile file, object? root) => (Path, this.file, Root) = (path, file, root);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What was saved, most often a <see cref="PythonDictionary"/>.</summary>
    public object? Root { get; }

    /// <summary>Reads all of a file but the values of its tensors.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is cut or malformed, is none that torch.save writes, or asks for a function or class that is not a plain value.</exception>
    public static PyTorchCheckpoint Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"'{path}' does not exist; expected a file that torch.save wrote.", path);
        }
        var file = new CheckpointFile(path);
        try
        {
            return new PyTorchCheckpoint(path, file, Read(file));
        }
        catch (Exception error)
        {
            file.Dispose();
            if (error is not InvalidDataException)
            {
                throw;
            }
            throw new InvalidDataException($"'{path}' cannot be read as a PyTorch checkpoint: {error.Message}.", error);
        }
    }

    /// <summary>All tensors, under the names of the dicts and the places in the lists that lead to them, joined by dots.</summary>
    /// <exception cref="InvalidDataException">The values are nested without end, or two tensors have the same name.</exception>
    public IReadOnlyDictionary<string, CheckpointTensor> Tensors() => Tensors(Root);

    /// <summary>The same for a part of the file's values.</summary>
    /// <param name="part">A value under <see cref="Root"/>.</param>
    public IReadOnlyDictionary<string, CheckpointTensor> Tensors(object? part)
    {
        var (found, seen) = (new Dictionary<string, CheckpointTensor>(StringComparer.Ordinal), 0);
        Visit("", part, 0);
        return found;

        void Visit(string name, object? value, int depth)
        {
            if (depth > Deepest || ++seen > MostValues)
            {
                throw new InvalidDataException($"'{Path}' holds values nested more than {Deepest} deep or more than {MostValues} of them; expected the tensors of a model.");
            }
            if (value is CheckpointTensor tensor && !found.TryAdd(name, tensor))
            {
                throw new InvalidDataException($"'{Path}' holds two tensors under the name '{name}'; expected one.");
            }
            foreach (var (key, item) in Items(value))
            {
                Visit(name == "" ? key : $"{name}.{key}", item, depth + 1);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private static IEnumerable<(string Key, object? Value)> Items(object? value) => value switch
    {
        PythonDictionary dictionary => dictionary.Where(item => item.Key is string or long).Select(item => (Convert.ToString(item.Key, CultureInfo.InvariantCulture)!, item.Value)),
        List<object?> list => list.Select((item, place) => (place.ToString(CultureInfo.InvariantCulture), item)),
        object?[] tuple => tuple.Select((item, place) => (place.ToString(CultureInfo.InvariantCulture), item)),
        _ => [],
    };

    private static object? Read(CheckpointFile file)
    {
        Span<byte> start = stackalloc byte[4];
        start.Clear();
        file.Read(0, start[..(int)Math.Min(start.Length, file.Length)]);
        return start switch
        {
            [(byte)'P', (byte)'K', 3, 4] => ZipCheckpoint.Read(file),
            [0x80, ..] => LegacyCheckpoint.Read(file),
            _ => throw new InvalidDataException($"it begins with the bytes {Convert.ToHexString(start)}; expected a zip file (504B0304) or a pickle (80)"),
        };
    }
}
