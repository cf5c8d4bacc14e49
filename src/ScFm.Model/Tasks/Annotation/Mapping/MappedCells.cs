using ScFm.Model.Cells;
using ScFm.Model.Graphs;
using ScFm.Model.Tables;

namespace ScFm.Model.Tasks.Annotation.Mapping;

/// <summary>Where cells came to lie in a reference.</summary>
/// <param name="Types">The names of the types.</param>
/// <param name="Votes">The neighbours' votes by their nearness, [cells, types]; each row sums to 1.</param>
/// <param name="NoneOfThese">
/// How unlike the reference's cells of its type each cell is, 0 to below 1: 1 - p, with p the share of those cells that lie as far from their neighbours as it does or
/// farther, itself counted among them. Of cells that are like the reference's, a share of at most 1 - x has a score of x or more; see <see cref="NeighbourClassifier"/>.
/// </param>
public sealed record MappedCells(IReadOnlyList<string> Types, DenseMatrix Votes, double[] NoneOfThese)
{
    /// <summary>The reference's cells that voted; null where no cell was mapped.</summary>
    public ReferenceNeighbours? Neighbours { get; init; }

    /// <summary>The type with the most votes of each cell, as its place in <see cref="Types"/>; of equal ones the first.</summary>
    public int[] Called { get; } = [.. Enumerable.Range(0, Votes.Rows).Select(cell => MostLikely.Of(Votes.Row(cell)))];

    /// <summary>The share of the votes that the called type got, 0 to 1, one a cell.</summary>
    public double[] Scores { get; } = [.. Enumerable.Range(0, Votes.Rows).Select(cell => (double)Votes[cell, MostLikely.Of(Votes.Row(cell))])];

    /// <summary>A row a cell: type, the share of votes, and the score for none of these.</summary>
    /// <param name="noneAbove">The score for none of these above which a cell gets no type, 0 to 1. Default: 1, every cell gets one.</param>
    /// <param name="column">The name of the column of types; those of the scores end in _score and _none_of_these. Default: mapped_type.</param>
    /// <exception cref="ArgumentOutOfRangeException">The score is outside its range.</exception>
    public Table ToTable(double noneAbove = 1, string column = "mapped_type")
    {
        RequireScore(noneAbove);
        return new Table(
            CategoryColumn.FromLabels(column, Called.Select((type, cell) => NoneOfThese[cell] > noneAbove ? null : Types[type])),
            new NumberColumn(column + "_score", Scores, "F3"),
            new NumberColumn(column + "_none_of_these", NoneOfThese, "F3"));
    }

    /// <summary>Throws where no score can be above or below a limit.</summary>
    /// <param name="noneAbove">The limit.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is outside 0 to 1.</exception>
    public static void RequireScore(double noneAbove)
    {
        if (!(noneAbove is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(noneAbove), FormattableString.Invariant($"The score for none of these above which a cell gets no type is {noneAbove}; expected 0 to 1."));
        }
    }
}
