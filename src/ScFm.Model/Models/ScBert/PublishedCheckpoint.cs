using ScFm.Model.Cells;
using ScFm.Model.Files.PyTorch;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScBert;

/// <summary>A checkpoint of the reference's training: the sizes are read off the shapes of its weights.</summary>
internal sealed class PublishedCheckpoint : IDisposable
{
    private const string StateKey = "model_state_dict";
    private const string Parallel = "module."; // what training on several processors puts before each name
    private const string FirstAttention = "performer.net.layers.0.0.fn.";

    private readonly string path;
    private readonly PyTorchCheckpoint file;
    private readonly Dictionary<string, CheckpointTensor> weights;

    private PublishedCheckpoint(string path, PyTorchCheckpoint file)
    {
        (this.path, this.file) = (path, file);
        var root = file.Root is PythonDictionary dictionary && dictionary.Has(StateKey) ? dictionary[StateKey] : file.Root;
        weights = file.Tensors(root).ToDictionary(weight => weight.Key.StartsWith(Parallel, StringComparison.Ordinal) ? weight.Key[Parallel.Length..] : weight.Key, weight => weight.Value);
    }

    /// <summary>Opens a file that holds a model's weights alone, or beside its optimizer.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static PublishedCheckpoint Open(string path) => new(path, PyTorchCheckpoint.Open(path));

    /// <summary>A model of the sizes of the weights, its own still random.</summary>
    /// <param name="genes">Its genes, which the file does not hold.</param>
    /// <exception cref="InvalidDataException">The weights are those of no scBERT, or of one of another number of genes.</exception>
    public ScBertModel Sized(GeneVocabulary genes)
    {
        var hasVectors = weights.ContainsKey(PublishedWeights.Vectors);
        if (hasVectors && Shape(PublishedWeights.Vectors)[0] - 1 is var count && count != genes.Count)
        {
            throw new InvalidDataException($"'{path}' has {count} genes; expected {genes.Count}, as many as were named.");
        }
        var (tokens, features) = (Shape("token_emb.weight"), Shape(FirstAttention + "fast_attention.projection_matrix"));
        try
        {
            var config = new ScBertConfig
            {
                Width = (int)tokens[1],
                Layers = Enumerable.Range(0, weights.Count).TakeWhile(layer => weights.ContainsKey($"performer.net.layers.{layer}.0.norm.weight")).Count(),
                Heads = (int)(Shape(FirstAttention + "to_q.weight")[0] / features[1]),
                HeadWidth = (int)features[1],
                LargestBin = (int)tokens[0] - 2,
                GeneVectors = hasVectors ? GeneVectorKind.Given : GeneVectorKind.None,
            }.Validated();
            WeightRoom.Require(config.LeastWeights(genes.Count), path);
            return ScBertModel.Create(config, genes);
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"'{path}' has the sizes of no scBERT: {error.Message}", error);
        }
    }

    /// <summary>Numbers in the weights of the model.</summary>
    public long Parameters => weights.Values.Sum(weight => weight.Shape.Aggregate(1L, (product, length) => product * length));

    /// <summary>Reads the weights, under their published names.</summary>
    public Dictionary<string, Tensor> Read() => weights.ToDictionary(weight => weight.Key, weight => weight.Value.ToTensor());

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private IReadOnlyList<long> Shape(string name) => weights.TryGetValue(name, out var weight) && weight.Shape.Count == 2
        ? weight.Shape
        : throw new InvalidDataException($"'{path}' has no {name} of two dimensions; expected the weights of an scBERT.");
}
