using System.Globalization;
using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Training;

namespace ScFm.Model.Tasks.Annotation;

/// <summary>One split of the cells of a comparison, in the genes that its training cells choose.</summary>
internal sealed class SplitCells
{
    private const long FractionPurpose = 0x4652;

    private readonly AnnotationParts parts;
    private readonly Corpus genes;
    private readonly int[] training;
    private readonly Lazy<ICellSource> unlabelled;

    internal SplitCells(
        AnnotationPlan plan, Corpus cells, Corpus? extra, string[] types, int[] labels, AnnotationParts parts, CancellationToken cancellation)
    {
        genes = cells;
        if (plan.MostGenes is { } most && most < cells.GeneCount)
        {
            var variable = VariableGenes.Find(cells.Choose(parts.Training, "to learn from"), new VariableGeneOptions { Count = most }, cancellation: cancellation);
            string[] chosen = [.. variable.Indices.Select(gene => cells.VarNames[gene])];
            (genes, extra) = (cells.SelectGenes(chosen), extra?.SelectGenes(chosen));
        }
        (this.parts, var leftOut) = Without(parts, Empty(genes, cancellation));
        // What annotators know of are the types of the cells to learn from: others have no name for them.
        int[] known = [.. this.parts.Training.Select(cell => labels[cell]).Distinct().Order()];
        if (known.Length < 2)
        {
            throw new InvalidDataException($"The split ({plan.Split}) leaves {known.Length} type to learn from, {string.Join(", ", known.Select(type => $"'{types[type]}'"))}; expected at least 2, to tell them apart.");
        }
        Types = [.. known.Select(type => types[type])];
        Places = known;
        training = Array.ConvertAll(this.parts.Training, cell => Array.BinarySearch(known, labels[cell]));
        Test = genes.Choose(this.parts.Test, "to test on");
        TestLabels = Array.ConvertAll(this.parts.Test, cell => labels[cell]);
        unlabelled = new(() => Corpus.Of([genes.Choose([.. this.parts.Training.Concat(this.parts.Unlabelled).Order()], "to pretrain on"), .. extra is null ? Array.Empty<ICellSource>() : [extra]]));
        Identity = Fingerprint.Of(hash => hash.Add(genes.CountIdentity).Add<int>(this.parts.Training).Add<int>(this.parts.Test).Add<int>(this.parts.Unlabelled).Add<int>(labels).Add(extra?.CountIdentity));
        Notes = [.. parts.Notes, .. leftOut, .. SplitNotes.Of(types, labels, this.parts)];
    }

    /// <summary>The types that can be learnt, in ordinal order.</summary>
    internal IReadOnlyList<string> Types { get; }

    /// <summary>The cells that are tested on.</summary>
    internal Corpus Test { get; }

    /// <summary>The type of each, as its place among all types.</summary>
    internal int[] TestLabels { get; }

    /// <summary>Changes with any count, gene, label or part; not with a file's name or what else is known of the cells.</summary>
    internal string Identity { get; }

    /// <summary>What should be known of the split, one sentence each.</summary>
    internal IReadOnlyList<string> Notes { get; }

    /// <summary>Cells to pretrain on: those to learn from, without their labels, and those that have none.</summary>
    internal ICellSource Unlabelled => unlabelled.Value;

    /// <summary>For each type that can be learnt, its place among all types.</summary>
    internal IReadOnlyList<int> Places { get; }

    /// <summary>The labelled cells of a share of the labels.</summary>
    /// <param name="fraction">The share, above 0 to 1; each type keeps at least one cell.</param>
    /// <param name="seed">Seed of the draw; what a smaller share has, a larger one has, too.</param>
    internal LabelledCells Labelled(double fraction, int seed)
    {
        var all = new LabelledCells(genes.Choose(parts.Training, "to learn from"), Types, training);
        return fraction >= 1 ? all : all.Choose(StratifiedDraw.Kept(training, fraction, Seeds.For(seed, FractionPurpose)), string.Create(CultureInfo.InvariantCulture, $"{fraction:P1} of the labels"));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{parts.Training.Length:N0} labelled cells to learn from, {parts.Test.Length:N0} to test on, {parts.Unlabelled.Length:N0} without a label; {genes.GeneCount:N0} genes; identity {Identity}");

    // A cell without a count of the chosen genes says nothing, and most models refuse it.
    private static HashSet<int> Empty(Corpus cells, CancellationToken cancellation)
    {
        var empty = new HashSet<int>();
        foreach (var (block, values) in cells.Blocks(cancellation: cancellation))
        {
            empty.UnionWith(block.Where((_, row) => values.RowIndices(row).IsEmpty));
        }
        return empty;
    }

    private static (AnnotationParts Parts, IEnumerable<string> Notes) Without(AnnotationParts parts, HashSet<int> empty)
    {
        int[] Left(int[] cells) => Array.FindAll(cells, cell => !empty.Contains(cell));
        var left = parts with { Training = Left(parts.Training), Test = Left(parts.Test), Unlabelled = Left(parts.Unlabelled) };
        return (left, empty.Count == 0 ? [] : [$"{empty.Count} cells have no count of the genes: they are left out."]);
    }
}
