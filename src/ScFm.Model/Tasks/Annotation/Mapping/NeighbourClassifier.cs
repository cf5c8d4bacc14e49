using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Graphs;
using ScFm.Model.Tasks.Annotation.Heads;
using static TorchSharp.torch;

namespace ScFm.Model.Tasks.Annotation.Mapping;

/// <summary>A reference of labelled cells in a space where like cells lie near each other: a cell's type is what its nearest reference cells are.</summary>
/// <remarks>
/// A neighbour's vote weighs 1 over its distance; reference cells at distance 0, where there are any, vote alone (Dudani 1976, in the form that scikit-learn has).
/// A type that the reference lacks is known by the score for none of these: the share of the called type's reference cells that lie nearer to their neighbours than the cell does.
/// </remarks>
/// <example><code>
/// var reference = NeighbourClassifier.Of(labelled);
/// var mapped = reference.Map(cells);
/// var unlike = mapped.NoneOfThese.Count(score => score > 0.95);
/// </code></example>
public sealed partial class NeighbourClassifier : ICellClassifier
{
    private readonly DenseMatrix reference;
    private readonly int[] labels;
    private readonly float[] distances;
    private readonly ReferenceSpread spread;

    private NeighbourClassifier(ICellSpace space, DenseMatrix reference, int[] labels, float[] distances, string[] types, MappingOptions options)
    {
        (Space, this.reference, this.labels, this.distances, Types, Settings) = (space, reference, labels, distances, types, options);
        spread = new ReferenceSpread(distances, labels, types.Length);
        Fit = new ClassifierFit(reference.Values.LongLength, double.NaN, [$"{reference.Rows} reference cells in {Space.Name}, of which {options.Neighbours} vote."]);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Types { get; }

    /// <summary>Where cells are placed; freed with the classifier.</summary>
    public ICellSpace Space { get; }

    /// <inheritdoc/>
    public IReadOnlyList<nn.Module> Networks => Space.Networks;

    /// <summary>The reference's cells there, [cells, dimensions].</summary>
    public DenseMatrix Places => reference;

    /// <summary>How cells are mapped.</summary>
    public MappingOptions Settings { get; }

    /// <inheritdoc/>
    public ClassifierFit Fit { get; }

    /// <summary>Makes a reference of labelled cells.</summary>
    /// <param name="cells">The cells with their types.</param>
    /// <param name="space">Where they are placed. Default: 50 principal components of these cells.</param>
    /// <param name="options">Who votes. Default: the 15 nearest by euclidean distance.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the cells have fewer than two types.</exception>
    /// <exception cref="InvalidDataException">The values are no raw counts, or a cell has no gene of the space.</exception>
    public static NeighbourClassifier Of(LabelledCells cells, ICellSpace? space = null, MappingOptions? options = null, CancellationToken cancellation = default)
    {
        options = Options.Validate(options ?? new());
        KnownTypes.Of(cells);
        space ??= PcaSpace.Of(cells.Cells, cancellation: cancellation);
        var reference = space.Place(cells.Cells, cancellation);
        var near = ReferenceNeighbours.Find(reference, reference, options.Neighbours, options.Metric, cancellation);
        float[] distances = [.. Enumerable.Range(0, reference.Rows).Select(cell => Mean(near.DistancesOf(cell)))];
        return new NeighbourClassifier(space, reference, cells.Labels, distances, [.. cells.Types], options);
    }

    /// <summary>Makes a reference of labelled cells in their own principal components.</summary>
    /// <param name="cells">The cells with their types.</param>
    /// <param name="components">How many components, 1 or more; cut to what there are.</param>
    /// <param name="options">Who votes. Default: the 15 nearest by euclidean distance.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the cells have fewer than two types.</exception>
    /// <exception cref="InvalidDataException">The values are no raw counts.</exception>
    public static NeighbourClassifier Of(LabelledCells cells, int components, MappingOptions? options = null, CancellationToken cancellation = default)
    {
        KnownTypes.Of(cells); // before components of no cells are asked for
        return Of(cells, PcaSpace.Of(cells.Cells, components, cancellation: cancellation), options, cancellation);
    }

    /// <summary>The types with so few reference cells that no cell can get a score for none of these above a limit.</summary>
    /// <param name="limit">The limit, 0 to 1; of n cells the highest score is n / (n + 1).</param>
    public IReadOnlyList<string> NeverAbove(double limit) =>
        [.. labels.Distinct().Order().Where(type => spread.Highest(type) <= limit).Select(type => Types[type])];

    /// <summary>Finds where cells lie in the reference.</summary>
    /// <param name="cells">Raw counts; genes are found by name or id.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InvalidDataException">None of the genes it knows is there, a cell has none, or the values are no raw counts.</exception>
    /// <remarks>A cell's row does not depend on the other cells.</remarks>
    public MappedCells Map(ICellSource cells, CancellationToken cancellation = default)
    {
        var votes = new DenseMatrix(cells.CellCount, Types.Count);
        if (cells.CellCount == 0)
        {
            return new MappedCells(Types, votes, []);
        }
        var places = Space.Place(cells, cancellation);
        var near = ReferenceNeighbours.Find(reference, places, Settings.Neighbours, Settings.Metric, cancellation);
        for (var cell = 0; cell < votes.Rows; cell++)
        {
            var own = near.Of(cell);
            var weights = near.WeightsOf(cell);
            for (var i = 0; i < own.Length; i++)
            {
                votes[cell, labels[own[i]]] += (float)weights[i];
            }
        }
        var mapped = new MappedCells(Types, votes, new double[votes.Rows]) { Neighbours = near };
        for (var cell = 0; cell < votes.Rows; cell++)
        {
            mapped.NoneOfThese[cell] = spread.NoneOfThese(mapped.Called[cell], Mean(near.DistancesOf(cell)));
        }
        return mapped;
    }

    /// <inheritdoc/>
    public GeneVocabulary Genes => Space.Genes;

    /// <inheritdoc/>
    public DenseMatrix Probabilities(ICellSource cells, CancellationToken cancellation = default) => Map(cells, cancellation).Votes;

    /// <inheritdoc/>
    public override string ToString() => $"Reference of {Types.Count} types: {string.Join(" ", Fit.Notes)}";

    /// <inheritdoc/>
    public void Dispose() => Space.Dispose();

    private static float Mean(ReadOnlySpan<float> distances)
    {
        var sum = 0.0;
        foreach (var distance in distances)
        {
            sum += distance;
        }
        return (float)(sum / distances.Length);
    }
}
