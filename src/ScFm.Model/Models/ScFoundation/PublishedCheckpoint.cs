using ScFm.Model.Cells;
using ScFm.Model.Files.PyTorch;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>The published file of weights: a version of the model for each use, under the keys gene, cell and rde (read-depth enhancement).</summary>
/// <remarks>Source: scFoundation (Hao et al. 2024), "Code availability"; reference file load.py.</remarks>
/// <example><code>
/// using var published = PublishedCheckpoint.Open("models.ckpt");
/// var model = published.Model("rde", GeneVocabulary.Read("OS_scRNA_gene_index.19264.tsv"));
/// </code></example>
public sealed class PublishedCheckpoint : IDisposable
{
    private const string ConfigKey = "config";
    private const string StateKey = "state_dict";
    private const string GenesKey = "genes";

    private static readonly string[] Uses = ["gene", "cell", "rde"];

    private readonly PyTorchCheckpoint checkpoint;
    private readonly PythonDictionary root;

    private PublishedCheckpoint(PyTorchCheckpoint checkpoint, PythonDictionary root) => (this.checkpoint, this.root) = (checkpoint, root);

    /// <summary>The versions that the file has, of gene, cell and rde.</summary>
    public IReadOnlyList<string> Keys => [.. Uses.Where(root.Has)];

    /// <summary>Opens the file; weights are read when a model is asked for.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is malformed, or holds no scFoundation.</exception>
    public static PublishedCheckpoint Open(string path)
    {
        var checkpoint = PyTorchCheckpoint.Open(path);
        if (checkpoint.Root is PythonDictionary root && Uses.Any(root.Has))
        {
            return new PublishedCheckpoint(checkpoint, root);
        }
        var found = checkpoint.Root is PythonDictionary other ? $"a dict with {Listed(other.Names)}" : PickleValue.Name(checkpoint.Root);
        checkpoint.Dispose();
        throw new InvalidDataException($"'{path}' is no published scFoundation: it holds {found}; expected a dict with {string.Join(", ", Uses)}.");
    }

    /// <summary>Makes the model of a version.</summary>
    /// <param name="key">gene, cell or rde. Default: the only one there is.</param>
    /// <param name="vocabulary">The genes in the order of training; the published file has none. Default: those in the file.</param>
    /// <exception cref="ArgumentException">There is no such version, or the genes are not told.</exception>
    /// <exception cref="InvalidDataException">Options or weights do not fit, or the genes are others than those in the file; the message lists all that differ.</exception>
    public ScFoundationModel Model(string? key = null, GeneVocabulary? vocabulary = null)
    {
        key ??= Keys is [var only] ? only : throw new ArgumentException($"'{checkpoint.Path}' holds {string.Join(", ", Keys)}; expected the key of one of them.");
        if (!Keys.Contains(key))
        {
            throw new ArgumentException($"'{checkpoint.Path}' holds no '{key}'; expected one of {string.Join(", ", Keys)}.");
        }
        var (source, version) = ($"{checkpoint.Path}: {key}", root[key] as PythonDictionary ?? []);
        var config = PublishedConfig.Read(version[ConfigKey], $"'{source}'");
        var genes = Genes(version, source, config.Genes, vocabulary);
        WeightRoom.Require(config.LeastWeights, checkpoint.Path);
        var model = ScFoundationModel.Create(config, genes);
        model.Module.LoadPublished(Weights(version, source), source);
        model.Module.eval();
        return model;
    }

    /// <inheritdoc/>
    public void Dispose() => checkpoint.Dispose();

    private Dictionary<string, CheckpointTensor> Weights(PythonDictionary version, string source)
    {
        var weights = new Dictionary<string, CheckpointTensor>(StringComparer.Ordinal);
        string[] twice = [.. checkpoint.Tensors(version[StateKey]).Where(tensor => !weights.TryAdd(CheckpointNames.WithoutPrefix(tensor.Key), tensor.Value)).Select(tensor => tensor.Key)];
        return twice.Length == 0 ? weights : throw new InvalidDataException($"'{source}' has weights twice once their prefix is gone: {Listed(twice)}.");
    }

    private GeneVocabulary Genes(PythonDictionary version, string source, int count, GeneVocabulary? given)
    {
        var stated = Stated(version[GenesKey] ?? root[GenesKey], source);
        if (given is not null && stated is not null)
        {
            GeneOrder.Require(given, stated, source);
        }
        var genes = given ?? stated ?? throw new ArgumentException(
            $"'{source}' holds no gene names; give the vocabulary that it was trained with, {count} genes in their order.");
        return genes.Count == count
            ? genes
            : throw new InvalidDataException($"The vocabulary has {genes.Count} genes; expected {count}, as '{source}'.");
    }

    private static GeneVocabulary? Stated(object? names, string source)
    {
        if (names is null)
        {
            return null;
        }
        try
        {
            return new GeneVocabulary(((names as List<object?>) ?? []).Select(name => name as string ?? ""));
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"'{source}' has a list of genes that is no vocabulary: {error.Message}", error);
        }
    }

    private static string Listed(IEnumerable<string> names) => names.ToArray() is { Length: > 0 } all ? string.Join(", ", all.Take(10)) + (all.Length > 10 ? $" and {all.Length - 10} more" : "") : "nothing named";
}
