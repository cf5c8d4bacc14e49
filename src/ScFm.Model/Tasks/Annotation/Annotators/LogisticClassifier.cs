using ScFm.Model.Cells;
using ScFm.Model.Files;
using ScFm.Model.Regression.Logistic;
using ScFm.Model.Tables;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>Knows types by few genes each, by a logistic regression.</summary>
public sealed class LogisticClassifier : ICellClassifier
{
    /// <summary>The part of a file's header that says it is such a classifier.</summary>
    internal const string DescriptionKey = "logistic-classifier";

    private const string InterceptsName = "intercepts";
    private const string PlacesName = "places";
    private const string NumbersName = "numbers";

    private readonly string[] types;
    private readonly LogisticModel model;
    private readonly MarkerGene[] markers;

    internal LogisticClassifier(string[] types, GeneVocabulary genes, LogisticScheme scheme, double[] intercepts, MarkerGene[] markers, string[] notes)
    {
        (this.types, this.markers, Genes) = (types, markers, genes);
        model = LogisticMarkers.Model(scheme, intercepts, markers, genes.Count);
        Fit = new ClassifierFit(markers.Length + intercepts.Count(double.IsFinite), double.NaN, notes);
    }

    private sealed record Description(string[] Types, string[] Genes, string?[]? Ids, LogisticScheme Scheme, string[] Notes);

    /// <inheritdoc/>
    public IReadOnlyList<string> Types => types;

    /// <summary>The genes of its training cells, of which it looks at few.</summary>
    public GeneVocabulary Genes { get; }

    /// <inheritdoc/>
    public ClassifierFit Fit { get; }

    /// <summary>The coefficients that are not zero.</summary>
    public IReadOnlyList<MarkerGene> Markers => markers;

    /// <summary>The genes that each type is known by, the heaviest first.</summary>
    /// <param name="genes">Most genes a type, 1 or more. Default: 20.</param>
    /// <returns>A row a gene: type, gene, coefficient, and of the type's training cells the share that expresses it and the mean log1p of counts per 10,000.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one gene is asked for.</exception>
    public Table MarkerGenes(int genes = 20)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(genes, 1);
        MarkerGene[] rows =
        [
            .. markers.GroupBy(marker => marker.Type).OrderBy(type => type.Key)
                .SelectMany(type => type.OrderByDescending(marker => Math.Abs(marker.Coefficient)).ThenBy(marker => marker.Gene).Take(genes)),
        ];
        return new Table(
            new TextColumn("type", Array.ConvertAll(rows, row => types[row.Type])),
            new TextColumn("gene", Array.ConvertAll(rows, row => Genes.Names[row.Gene])),
            new NumberColumn("coefficient", Array.ConvertAll(rows, row => row.Coefficient), "F3"),
            new NumberColumn("share expressing", Array.ConvertAll(rows, row => row.Share), "P1"),
            new NumberColumn("mean", Array.ConvertAll(rows, row => row.Mean), "F3"));
    }

    /// <inheritdoc/>
    public DenseMatrix Probabilities(ICellSource cells, CancellationToken cancellation = default)
    {
        var target = GenePlaces.Of(cells, Genes, aliases: null).Target;
        var probabilities = new DenseMatrix(cells.CellCount, types.Length);
        foreach (var (block, values) in cells.Blocks(cancellation: cancellation))
        {
            Counts.Require(values);
            var found = model.Probabilities(Normalisation.LogNormalise(values.MapColumns(target, Genes.Count)));
            found.Values.CopyTo(probabilities.Values.AsSpan(block[0] * types.Length));
        }
        return probabilities;
    }

    /// <summary>Writes one safetensors file: intercepts and the coefficients that are not zero, and types and genes as JSON in its header.</summary>
    /// <param name="path">The file; it appears whole or not at all.</param>
    public void Save(string path)
    {
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor>
        {
            [InterceptsName] = tensor(model.Intercepts),
            [PlacesName] = tensor(markers.SelectMany(marker => new long[] { marker.Type, marker.Gene }).ToArray()).reshape(markers.Length, 2),
            [NumbersName] = tensor(markers.SelectMany(marker => new[] { marker.Coefficient, marker.Share, marker.Mean }).ToArray()).reshape(markers.Length, 3),
        };
        Safetensors.Write(path, tensors, ClassifierFile.Header(
            DescriptionKey, new Description(types, [.. Genes.Names], Genes.Ids is { } ids ? [.. ids] : null, model.Scheme, [.. Fit.Notes])));
    }

    /// <summary>Reads a file that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is damaged or holds something else.</exception>
    public static LogisticClassifier Load(string path)
    {
        var found = ClassifierFile.Describe<Description>(path, DescriptionKey);
        using var scope = NewDisposeScope();
        var (tensors, _) = Safetensors.Read(path);
        T[] Values<T>(string name, ScalarType type, params long[] width) where T : unmanaged =>
            tensors.TryGetValue(name, out var values) && values.dtype == type && values.shape[1..].SequenceEqual(width)
                ? values.data<T>().ToArray() : throw ClassifierFile.Wrong(path, DescriptionKey);
        var intercepts = Values<double>(InterceptsName, ScalarType.Float64);
        var (places, numbers) = (Values<long>(PlacesName, ScalarType.Int64, 2), Values<double>(NumbersName, ScalarType.Float64, 3));
        return found is { Types: { Length: > 1 } types, Genes: { } genes, Notes: { } notes } && intercepts.Length == (types.Length == 2 ? 1 : types.Length)
            && places.Length / 2 == numbers.Length / 3 && Inside(places, types.Length, genes.Length)
            ? new LogisticClassifier(types, new GeneVocabulary(genes, found.Ids), found.Scheme, intercepts, [.. Enumerable.Range(0, places.Length / 2).Select(i =>
                new MarkerGene((int)places[2 * i], (int)places[2 * i + 1], numbers[3 * i], numbers[3 * i + 1], numbers[3 * i + 2]))], notes)
            : throw ClassifierFile.Wrong(path, DescriptionKey);
    }

    /// <summary>Does nothing: it holds no tensors.</summary>
    public void Dispose() { }

    private static bool Inside(long[] places, int types, int genes)
    {
        for (var i = 0; i < places.Length; i++)
        {
            if (places[i] < 0 || places[i] >= (i % 2 == 0 ? types : genes))
            {
                return false;
            }
        }
        return true;
    }
}
