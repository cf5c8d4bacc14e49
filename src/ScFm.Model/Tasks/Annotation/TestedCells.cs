using ScFm.Model.Cells;
using ScFm.Model.Corpora;

namespace ScFm.Model.Tasks.Annotation;

/// <summary>What a classifier makes of test cells, also where it knows none of a cell's genes: such a cell gets no type, which is wrong.</summary>
/// <param name="Probabilities">[cells, types of the classifier]; a row of zeros for a cell without a type.</param>
/// <param name="Places">For each cell the place of its likeliest type among those of the classifier, -1 where it has none.</param>
internal sealed record TestedCells(DenseMatrix Probabilities, int[] Places)
{
    /// <summary>Annotates cells.</summary>
    internal static TestedCells Of(ICellClassifier classifier, Corpus cells, CancellationToken cancellation)
    {
        var known = Known(classifier, cells, cancellation);
        var probabilities = new DenseMatrix(cells.CellCount, classifier.Types.Count);
        var places = new int[cells.CellCount];
        Array.Fill(places, -1);
        if (known.Length > 0)
        {
            var found = classifier.Probabilities(known.Length == cells.CellCount ? cells : cells.Choose(known, "with a gene of the classifier"), cancellation);
            for (var row = 0; row < known.Length; row++)
            {
                found.Row(row).CopyTo(probabilities.Row(known[row]));
                places[known[row]] = MostLikely.Of(found.Row(row));
            }
        }
        return new TestedCells(probabilities, places);
    }

    /// <summary>How many cells of each type, a row, were taken for each type, a column; cells without a type, where there are any, stand in a last column.</summary>
    /// <param name="classifier">What annotated them.</param>
    /// <param name="types">The types, those of the classifier among them.</param>
    /// <param name="truth">Each cell's type, as its place in <paramref name="types"/>.</param>
    internal int[][] Confusion(ICellClassifier classifier, string[] types, IReadOnlyList<int> truth)
    {
        int[] places = [.. classifier.Types.Select(type => Array.IndexOf(types, type))];
        int[][] counts = [.. types.Select(_ => new int[types.Length + (Places.Contains(-1) ? 1 : 0)])];
        for (var cell = 0; cell < Places.Length; cell++)
        {
            counts[truth[cell]][Places[cell] < 0 ? types.Length : places[Places[cell]]]++;
        }
        return counts;
    }

    // Which genes a model knows is decided by the labelled cells: a cell without any of them is refused by most.
    private static int[] Known(ICellClassifier classifier, Corpus cells, CancellationToken cancellation)
    {
        if (classifier.Genes is not { } genes)
        {
            return [.. Enumerable.Range(0, cells.CellCount)];
        }
        var (target, known) = (GenePlaces.Of(cells, genes, aliases: null).Target, new List<int>());
        foreach (var (block, values) in cells.Blocks(cancellation: cancellation))
        {
            known.AddRange(block.Where((_, row) => values.RowIndices(row).ToArray().Any(gene => target[gene] >= 0)));
        }
        return [.. known];
    }
}
