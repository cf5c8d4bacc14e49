using ScFm.Model.Cells;
using ScFm.Model.Files;

namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>Gives every cell the same probabilities: the types' shares of the labelled cells.</summary>
public sealed class MajorityClassifier : ICellClassifier
{
    /// <summary>The part of a file's header that says it is such a classifier.</summary>
    internal const string DescriptionKey = "majority-classifier";

    private readonly string[] types;
    private readonly float[] shares;

    internal MajorityClassifier(string[] types, float[] shares) => (this.types, this.shares) = (types, shares);

    private sealed record Description(string[] Types, float[] Shares);

    /// <inheritdoc/>
    public IReadOnlyList<string> Types => types;

    /// <inheritdoc/>
    public ClassifierFit Fit => new(types.Length, 0, [FormattableString.Invariant($"{types[Array.IndexOf(shares, shares.Max())]} is most frequent, with {shares.Max() * 100:0.0}% of the labelled cells.")]);

    /// <inheritdoc/>
    public DenseMatrix Probabilities(ICellSource cells, CancellationToken cancellation = default)
    {
        var probabilities = new DenseMatrix(cells.CellCount, types.Length);
        for (var cell = 0; cell < probabilities.Rows; cell++)
        {
            shares.CopyTo(probabilities.Row(cell));
        }
        return probabilities;
    }

    /// <summary>Writes a file that holds no tensor, and types and shares in its header.</summary>
    /// <param name="path">The file; it appears whole or not at all.</param>
    public void Save(string path) => Safetensors.Write(path, new Dictionary<string, TorchSharp.torch.Tensor>(), ClassifierFile.Header(DescriptionKey, new Description(types, shares)));

    /// <summary>Reads a file that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It holds something else.</exception>
    public static MajorityClassifier Load(string path)
    {
        var (types, shares) = ClassifierFile.Describe<Description>(path, DescriptionKey);
        return types is { Length: > 0 } && shares?.Length == types.Length ? new MajorityClassifier(types, shares) : throw ClassifierFile.Wrong(path, DescriptionKey);
    }

    /// <summary>Does nothing: it holds no tensors.</summary>
    public void Dispose() { }
}
