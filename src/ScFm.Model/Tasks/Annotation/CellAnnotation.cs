using ScFm.Model.Cells;
using ScFm.Model.Tables;

namespace ScFm.Model.Tasks.Annotation;

/// <summary>What a classifier makes of cells.</summary>
/// <param name="Types">The most likely type of each cell; null where it is not likely enough.</param>
/// <param name="Probabilities">The greatest probability of each cell.</param>
public sealed record CellAnnotation(string?[] Types, double[] Probabilities)
{
    /// <summary>Annotates cells.</summary>
    /// <param name="classifier">The classifier.</param>
    /// <param name="cells">Cells with raw counts.</param>
    /// <param name="threshold">A cell whose greatest probability is below this gets no type, 0 to 1. Default: 0.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is outside its range.</exception>
    public static CellAnnotation Of(ICellClassifier classifier, ICellSource cells, double threshold = 0, CancellationToken cancellation = default)
    {
        if (!(threshold is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(threshold), FormattableString.Invariant($"The threshold is {threshold}; expected a probability, 0 to 1."));
        }
        var probabilities = classifier.Probabilities(cells, cancellation);
        var (types, greatest) = (new string?[probabilities.Rows], new double[probabilities.Rows]);
        for (var cell = 0; cell < types.Length; cell++)
        {
            var best = MostLikely.Of(probabilities.Row(cell));
            greatest[cell] = probabilities[cell, best];
            types[cell] = greatest[cell] < threshold ? null : classifier.Types[best];
        }
        return new CellAnnotation(types, greatest);
    }

    /// <summary>How many cells have each type, and how sure that is in the mean; most frequent first.</summary>
    /// <param name="none">What cells without a type are called.</param>
    public Table ToTable(string none)
    {
        var groups = Types.Zip(Probabilities).GroupBy(cell => cell.First ?? none).OrderByDescending(group => group.Count()).ToArray();
        return new Table(
        [
            new TextColumn("type", [.. groups.Select(group => group.Key)]),
            new IntegerColumn("cells", [.. groups.Select(group => (long)group.Count())]),
            new NumberColumn("mean probability", [.. groups.Select(group => group.Average(cell => cell.Second))], "F3"),
        ]);
    }
}
