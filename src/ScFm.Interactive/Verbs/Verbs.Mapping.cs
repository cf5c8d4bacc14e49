using ScFm.Interactive.Figures;
using ScFm.Interactive.Hosting;
using ScFm.Model;
using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Graphs;
using ScFm.Model.Models;
using ScFm.Model.Tables;
using ScFm.Model.Tasks.Annotation;
using ScFm.Model.Tasks.Annotation.Mapping;

namespace ScFm.Interactive.Verbs;

public static partial class Verbs
{
    private const double UnlikeScore = 0.95; // at most 1 in 20 cells that are like the reference's
    private const double FewGenes = 0.5;
    private const string MapKey = "X_map";

    /// <summary>Gives every cell the type of the reference cells that lie nearest to it, and a score for being none of these, and draws it among them.</summary>
    /// <param name="reference">Labelled cells with raw counts; those without a label are left out. Where obsm has X_umap, that is the layout in which cells are drawn; otherwise one is made.</param>
    /// <param name="cells">Cells with raw counts; obs gets the type, its score (the share of the votes, 0 to 1) and that for none of these (0 to below 1; see <see cref="MappedCells"/>), obsm gets X_map, their places in the reference's layout.</param>
    /// <param name="labels">The column of the reference's obs that holds the types. Default: cell_type.</param>
    /// <param name="model">A scFoundation, Geneformer, scVI or LDVAE in whose embedding neighbours are looked for. Default: none; principal components of the reference.</param>
    /// <param name="neighbours">Reference cells that vote. Default: 15.</param>
    /// <param name="components">Without a model: how many principal components. Default: 50.</param>
    /// <param name="cosine">True to measure angles instead of distances. Default: false.</param>
    /// <param name="noneAbove">The score for none of these above which a cell gets no type, 0 to 1. Default: every cell gets one.</param>
    /// <param name="column">The name of the column of types; those of the scores end in _score and _none_of_these. Default: mapped_type.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the reference has fewer than two types.</exception>
    /// <exception cref="InvalidDataException">The values are no raw counts, or the genes do not match.</exception>
    /// <example><code>
    /// Verbs.Map(reference, cells, noneAbove: 0.95);
    /// </code></example>
    [Verb("map", "Gives cells the types of the nearest cells of a reference, and a score for none of these.", Into = "cells", OnDevice = true)]
    public static AnnData Map(
        [Option("labelled cells with raw counts")] AnnData reference,
        [Option("cells with raw counts")] AnnData cells,
        [Option("column of the reference's obs with the types")] string labels = "cell_type",
        [Option("model in whose embedding neighbours are looked for (default: principal components)")] IModel? model = null,
        [Option("reference cells that vote")] int neighbours = 15,
        [Option("without a model: principal components")] int components = 50,
        [Option("measure angles instead of distances")] bool cosine = false,
        [Option("score for none of these above which a cell gets no type (default: every cell gets one)")] double? noneAbove = null,
        [Option("column of obs for the types")] string column = "mapped_type")
    {
        var host = NotebookHost.Current;
        MappedCells.RequireScore(noneAbove ?? 1);
        var known = Labelled(reference, labels);
        var options = new MappingOptions { Neighbours = neighbours, Metric = cosine ? DistanceMetric.Cosine : DistanceMetric.Euclidean };
        using var classifier = model is not null
            ? NeighbourClassifier.Of(known, new ModelSpace(model), options, host.Cancellation)
            : NeighbourClassifier.Of(known, components, options, host.Cancellation);
        var mapped = classifier.Map(cells, host.Cancellation);
        foreach (var found in mapped.ToTable(noneAbove ?? 1, column).Columns)
        {
            cells.Obs = cells.Obs.With(found);
        }
        Say($"{cells.CellCount:N0} cells mapped to {known.Cells.CellCount:N0} in {classifier.Space.Name}.");
        TellGenes(classifier.Space.Genes, cells);
        TellSmallTypes(classifier, noneAbove ?? UnlikeScore);
        Show(TypesOf(mapped));
        if (cells.CellCount > 0)
        {
            var map = JointMap.Of(classifier, mapped, known.Cells is AnnData { Obsm: var laidOut } && laidOut.TryGetValue(UmapKey, out var layout) && layout.Columns == 2 ? layout : null, cancellation: host.Cancellation);
            cells.Obsm[MapKey] = map.Cells;
            Show(Plots.Mapping(map, known, mapped));
        }
        return cells;
    }

    /// <summary>Says how many of the genes that count the cells have: with few of them, types mean little.</summary>
    private static void TellGenes(GeneVocabulary genes, ICellSource cells)
    {
        var found = genes.CountIn(cells);
        var warning = found < FewGenes * genes.Count ? " Types may be wrong: expected at least half of them. Are these the same kind of names, and all genes of the cells?" : "";
        Say($"{found:N0} of {genes.Count:N0} genes found.{warning}");
    }

    /// <summary>Names the types whose cells the score cannot tell from none of these.</summary>
    private static void TellSmallTypes(NeighbourClassifier classifier, double limit)
    {
        if (classifier.NeverAbove(limit) is { Count: > 0 } types && limit < 1)
        {
            Say(FormattableString.Invariant($"Too few reference cells for a score for none of these above {limit}: {string.Join(", ", types)}."));
        }
    }

    /// <summary>The cells of a reference that have a label.</summary>
    private static LabelledCells Labelled(AnnData reference, string column)
    {
        var types = CategoryColumn.FromLabels(column, ColumnLabels.Of(reference.Obs[column]));
        int[] labelled = [.. Enumerable.Range(0, reference.CellCount).Where(cell => types.Codes[cell] >= 0)];
        if (labelled.Length < reference.CellCount)
        {
            Say($"{reference.CellCount - labelled.Length:N0} of the {reference.CellCount:N0} reference cells have no {column}; they are left out.");
        }
        return new LabelledCells(reference.SelectCells(labelled), types.Categories, Array.ConvertAll(labelled, cell => types.Codes[cell]));
    }

    /// <summary>A row a type that cells were called.</summary>
    private static Table TypesOf(MappedCells mapped)
    {
        var groups = Enumerable.Range(0, mapped.Called.Length).GroupBy(cell => mapped.Called[cell]).OrderBy(group => group.Key).ToArray();
        return new Table(
            new TextColumn("mapped type", [.. groups.Select(group => mapped.Types[group.Key])]),
            new IntegerColumn("cells", [.. groups.Select(group => (long)group.Count())]),
            new NumberColumn("mean share of votes", [.. groups.Select(group => group.Average(cell => mapped.Scores[cell]))], "F2"),
            new NumberColumn(FormattableString.Invariant($"none of these, share above {UnlikeScore}"), [.. groups.Select(group => group.Average(cell => mapped.NoneOfThese[cell] > UnlikeScore ? 1.0 : 0))], "P1"));
    }
}
