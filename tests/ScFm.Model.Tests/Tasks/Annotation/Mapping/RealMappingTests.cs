using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Metrics.Classification;
using ScFm.Model.Tables;
using ScFm.Model.Tasks.Annotation.Mapping;

namespace ScFm.Model.Tests.Tasks.Annotation.Mapping;

/// <summary>Sorted blood cells mapped to four fifths of them, one type left out of those.</summary>
public sealed class RealMappingTests(ITestOutputHelper output)
{
    private static readonly Lazy<LabelledCells> Sorted = new(() =>
    {
        var cells = AnnDataReader.Read(TestFolders.Real("pbmc-facs"));
        var types = CategoryColumn.FromLabels("cell_type", ColumnLabels.Of(cells.Obs["cell_type"]));
        return new(cells, [.. types.Categories], types.Codes.ToArray());
    });

    // the fewer of these a type's like is among the others, the harder: regulatory T cells among helper T cells are not told apart by their neighbours' distances
    [Theory]
    [InlineData("CD14+ Monocyte", 0.97)]
    [InlineData("CD19+ B", 0.93)]
    [InlineData("CD34+", 0.9)]
    [InlineData("CD56+ NK", 0.8)]
    public void A_type_that_is_left_out_of_the_reference_gets_clearly_higher_scores(string left, double least)
    {
        var (reference, others) = ValidationPart.Of(Sorted.Value, 0.2, seed: 1);
        var type = Sorted.Value.Types.ToList().IndexOf(left);
        using var classifier = NeighbourClassifier.Of(reference.Choose([.. Enumerable.Range(0, reference.Labels.Length).Where(cell => reference.Labels[cell] != type)], $"without {left}"));
        var mapped = classifier.Map(others.Cells, TestContext.Current.CancellationToken);
        var isLeft = Array.ConvertAll(others.Labels, label => label == type);
        var auroc = RocCurve.Of(isLeft, mapped.NoneOfThese).Area;
        double Flagged(bool wanted) => mapped.NoneOfThese.Where((_, cell) => isLeft[cell] == wanted).Average(score => score > 0.95 ? 1.0 : 0);
        output.WriteLine($"{left}: AUROC {auroc:F3}; above 0.95 {Flagged(true):P1} of its cells and {Flagged(false):P1} of the others");
        Assert.InRange(auroc, least, 1);
        Assert.InRange(Flagged(false), 0, 0.06);
    }

    [Fact]
    public void Types_are_known_far_better_than_by_majority()
    {
        var (reference, others) = ValidationPart.Of(Sorted.Value, 0.2, seed: 1);
        using var classifier = NeighbourClassifier.Of(reference);
        var called = classifier.Map(others.Cells, TestContext.Current.CancellationToken).Called;
        var accuracy = called.Zip(others.Labels).Count(pair => pair.First == pair.Second) / (double)called.Length;
        var majority = others.Labels.CountBy(label => label).Max(pair => pair.Value) / (double)called.Length;
        output.WriteLine($"accuracy {accuracy:P1}, majority {majority:P1}");
        Assert.InRange(accuracy, majority + 0.4, 1);
    }
}
