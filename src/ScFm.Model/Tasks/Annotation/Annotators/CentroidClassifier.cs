using ScFm.Model.Cells;
using ScFm.Model.Files;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>Knows the mean expression of each type.</summary>
public sealed class CentroidClassifier : ICellClassifier
{
    /// <summary>The part of a file's header that says it is such a classifier.</summary>
    internal const string DescriptionKey = "centroid-classifier";

    private const string MeansName = "means";

    private readonly string[] types;
    private readonly int[] known;
    private readonly DenseMatrix means;
    private readonly CentroidOptions options;
    private readonly (double Sum, double Squares)[] moments;

    /// <summary>Takes the means.</summary>
    /// <param name="types">The types.</param>
    /// <param name="known">Those that have a mean; the others have probability 0.</param>
    /// <param name="genes">The genes.</param>
    /// <param name="means">log1p of counts per 10,000, [known types, genes].</param>
    /// <param name="options">How cells are compared.</param>
    internal CentroidClassifier(string[] types, int[] known, GeneVocabulary genes, DenseMatrix means, CentroidOptions options)
    {
        (this.types, this.known, Genes, this.means, this.options) = (types, known, genes, means, options);
        moments = [.. Enumerable.Range(0, means.Rows).Select(type => Moments(means.Row(type)))];
    }

    private sealed record Description(string[] Types, int[] Known, string[] Genes, string?[]? Ids, CentroidOptions Options);

    /// <inheritdoc/>
    public IReadOnlyList<string> Types => types;

    /// <summary>The genes it compares.</summary>
    public GeneVocabulary Genes { get; }

    /// <inheritdoc/>
    public ClassifierFit Fit => new(means.Values.LongLength, double.NaN, []);

    /// <inheritdoc/>
    public DenseMatrix Probabilities(ICellSource cells, CancellationToken cancellation = default)
    {
        var target = GenePlaces.Of(cells, Genes, aliases: null).Target;
        var probabilities = new DenseMatrix(cells.CellCount, types.Length);
        foreach (var (block, values) in cells.Blocks(cancellation: cancellation))
        {
            Counts.Require(values);
            var expression = Normalisation.LogNormalise(values.MapColumns(target, Genes.Count));
            for (var row = 0; row < block.Length; row++)
            {
                Soften(expression.RowIndices(row), expression.RowValues(row), probabilities.Row(block[row]));
            }
        }
        return probabilities;
    }

    /// <summary>Writes one safetensors file: the means, and types, genes and options as JSON in its header.</summary>
    /// <param name="path">The file; it appears whole or not at all.</param>
    public void Save(string path)
    {
        using var values = tensor(means.Values).reshape(means.Rows, means.Columns);
        Safetensors.Write(path, new Dictionary<string, Tensor> { [MeansName] = values },
            ClassifierFile.Header(DescriptionKey, new Description(types, known, [.. Genes.Names], Genes.Ids is { } ids ? [.. ids] : null, options)));
    }

    /// <summary>Reads a file that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is damaged or holds something else.</exception>
    public static CentroidClassifier Load(string path)
    {
        var found = ClassifierFile.Describe<Description>(path, DescriptionKey);
        using var scope = NewDisposeScope();
        var (tensors, _) = Safetensors.Read(path);
        return found is { Types: { } types, Known: { } known, Genes: { } genes, Options: { } options } && known.All(type => type >= 0 && type < types.Length)
            && tensors.TryGetValue(MeansName, out var means) && means.shape.SequenceEqual([known.Length, genes.Length]) && means.dtype == ScalarType.Float32
            ? new CentroidClassifier(types, known, new GeneVocabulary(genes, found.Ids), new DenseMatrix(known.Length, genes.Length, means.data<float>().ToArray()), options)
            : throw ClassifierFile.Wrong(path, DescriptionKey);
    }

    /// <summary>Does nothing: it holds no tensors.</summary>
    public void Dispose() { }

    /// <summary>The softmax of a cell's similarities; a cell without counts is as likely of any type.</summary>
    private void Soften(ReadOnlySpan<int> genes, ReadOnlySpan<float> levels, Span<float> into)
    {
        var (sum, squares) = Moments(levels);
        var similarities = new double[known.Length];
        for (var type = 0; type < similarities.Length; type++)
        {
            var dot = 0.0;
            var mean = means.Row(type);
            for (var i = 0; i < genes.Length; i++)
            {
                dot += (double)levels[i] * mean[genes[i]];
            }
            similarities[type] = Similarity(dot, (sum, squares), moments[type]);
        }
        var greatest = similarities.Max();
        var shares = Array.ConvertAll(similarities, similarity => Math.Exp((similarity - greatest) / options.Temperature));
        var total = shares.Sum();
        for (var type = 0; type < shares.Length; type++)
        {
            into[known[type]] = (float)(shares[type] / total);
        }
    }

    private double Similarity(double dot, (double Sum, double Squares) a, (double Sum, double Squares) b)
    {
        if (options.Similarity == CentroidSimilarity.Pearson)
        {
            // the sums over all genes, from those of the genes that are not zero
            var genes = Genes.Count;
            dot -= a.Sum * b.Sum / genes;
            (a, b) = (a with { Squares = a.Squares - a.Sum * a.Sum / genes }, b with { Squares = b.Squares - b.Sum * b.Sum / genes });
        }
        var size = Math.Sqrt(a.Squares * b.Squares);
        return size > 0 ? dot / size : 0;
    }

    private static (double Sum, double Squares) Moments(ReadOnlySpan<float> values)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (double value in values)
        {
            (sum, squares) = (sum + value, squares + value * value);
        }
        return (sum, squares);
    }
}
