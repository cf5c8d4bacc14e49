using ScFm.Model.Cells;
using ScFm.Model.Tables;

namespace ScFm.Model.Corpora;

/// <summary>Every class equally often, however many cells it has; cells of a class come round again only after all others of it.</summary>
/// <remarks>Within an epoch the classes differ by one cell at most. Cells without a label are never taken. Takes 4 bytes a cell more.</remarks>
public sealed class ClassBalancedSampler : CellSampler
{
    private readonly int[][] classes;
    private readonly string kind;

    /// <summary>Makes the sampler.</summary>
    /// <param name="labels">The label of each cell, such as a column of obs.</param>
    /// <param name="draws">Cells of an epoch; 0 takes as many as there are cells. Default: 0.</param>
    /// <param name="seed">Seed of the orders. Default: 0.</param>
    /// <param name="rank">Which process this is. Default: 0.</param>
    /// <param name="ranks">Number of processes. Default: 1.</param>
    /// <exception cref="ArgumentException">No cell has a label.</exception>
    public ClassBalancedSampler(Column labels, int draws = 0, int seed = 0, int rank = 0, int ranks = 1) : base(draws > 0 ? draws : labels.Length, seed, rank, ranks)
    {
        classes = [.. ColumnLabels.Of(labels).Select((label, cell) => (label, cell)).Where(p => p.label is not null)
            .GroupBy(p => p.label, p => p.cell).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => group.ToArray())];
        if (classes.Length == 0)
        {
            throw new ArgumentException($"None of the {labels.Length} cells has a {labels.Name}; expected a label for some.", nameof(labels));
        }
        kind = $"{Draws} draws of {labels.Length} cells balanced by {labels.Name} ({string.Join(" ", classes.Select(members => members.Length))}; {Fingerprint.Of<int>([.. classes.SelectMany(members => members)])})";
    }

    private protected override string Kind => kind;

    private protected override int[] Whole(Random random)
    {
        var (order, at) = (new int[Draws], 0);
        var favoured = Enumerable.Range(0, classes.Length).ToArray();
        random.Shuffle(favoured); // those that give one cell more
        for (var i = 0; i < favoured.Length; i++)
        {
            var count = Draws / classes.Length + (i < Draws % classes.Length ? 1 : 0);
            for (var members = (int[])classes[favoured[i]].Clone(); count > 0; count -= members.Length)
            {
                random.Shuffle(members);
                var taken = Math.Min(count, members.Length);
                members.AsSpan(0, taken).CopyTo(order.AsSpan(at));
                at += taken;
            }
        }
        random.Shuffle(order);
        return order;
    }
}
