using ScFm.Model.Cells;
using ScFm.Model.Tasks;
using ScFm.Model.Tasks.Annotation;
using ScFm.Model.Tasks.Annotation.Annotators;
using ScFm.Tests;
using Xunit;

namespace ScFm.Model.Tests.Tasks.Annotation;

public sealed class CentroidTests : IDisposable
{
    private static readonly AnnData cells = PlantedTypes.Make([30, 30, 30]);
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(CentroidSimilarity.Cosine)]
    [InlineData(CentroidSimilarity.Pearson)]
    public void The_probabilities_are_the_softmax_of_the_similarity_to_each_types_mean(CentroidSimilarity similarity)
    {
        var labelled = PlantedTypes.Labelled(cells);
        using var classifier = new CentroidAnnotator(new CentroidOptions { Similarity = similarity, Temperature = 0.1 }).Fit(labelled, null, 0);
        var found = classifier.Probabilities(cells);

        var expression = Dense(Normalisation.LogNormalise(cells.X));
        double[][] means = [.. Enumerable.Range(0, 3).Select(type => Enumerable.Range(0, PlantedTypes.Genes)
            .Select(gene => expression.Where((_, cell) => labelled.Labels[cell] == type).Average(row => row[gene])).ToArray())];
        for (var cell = 0; cell < cells.CellCount; cell++)
        {
            double[] alike = [.. means.Select(mean => Alike(expression[cell], mean, similarity))];
            var total = alike.Sum(value => Math.Exp(value / 0.1));
            for (var type = 0; type < 3; type++)
            {
                Assert.Equal(Math.Exp(alike[type] / 0.1) / total, found[cell, type], 5);
            }
        }
    }

    [Fact]
    public void Planted_types_are_recognised_in_other_cells()
    {
        using var classifier = new CentroidAnnotator().Fit(PlantedTypes.Labelled(cells), null, 0);
        var others = PlantedTypes.Make([20, 20, 20], seed: 2);
        var annotation = CellAnnotation.Of(classifier, others);
        var right = annotation.Types.Zip(others.ObsNames).Count(cell => cell.Second.StartsWith(cell.First!, StringComparison.Ordinal));
        Assert.InRange(right, 57, 60);
    }

    [Fact]
    public void A_type_without_cells_has_probability_0()
    {
        var labelled = PlantedTypes.Labelled(cells);
        using var classifier = new CentroidAnnotator().Fit(labelled with { Types = ["A", "B", "C", "none of them"] }, null, 0);
        var probabilities = classifier.Probabilities(cells);
        for (var cell = 0; cell < cells.CellCount; cell++)
        {
            Assert.Equal(0, probabilities[cell, 3]);
            Assert.Equal(1, probabilities.Row(cell).ToArray().Sum(), 5);
        }
    }

    [Fact]
    public void A_classifier_that_was_saved_says_the_same()
    {
        foreach (var annotator in new IAnnotator[] { new CentroidAnnotator(), new MajorityAnnotator() })
        {
            var path = folder.File(annotator.Name.Replace(' ', '-') + ".safetensors");
            using var classifier = annotator.Fit(PlantedTypes.Labelled(cells), null, 0);
            classifier.Save(path);
            using var opened = Assert.IsAssignableFrom<ICellClassifier>(ModelFiles.Open(path));
            Assert.Equal(classifier.GetType(), opened.GetType());
            Assert.Equal(classifier.Types, opened.Types);
            Assert.Equal(classifier.Probabilities(cells).Values, opened.Probabilities(cells).Values);
            Assert.Equal(classifier.Fit.Parameters, opened.Fit.Parameters);
        }
    }

    [Fact]
    public void The_majority_vote_is_the_types_shares()
    {
        using var classifier = new MajorityAnnotator().Fit(PlantedTypes.Labelled(PlantedTypes.Make([10, 30])), null, 0);
        Assert.Equal([0.25f, 0.75f], classifier.Probabilities(cells).Row(7).ToArray());
    }

    [Fact]
    public void Cells_with_other_genes_are_refused()
    {
        using var classifier = new CentroidAnnotator().Fit(PlantedTypes.Labelled(cells), null, 0);
        var others = new AnnData(cells.X, cells.ObsNames, [.. cells.VarNames.Select(gene => "mouse" + gene)]);
        Assert.Contains("None of the 60 genes of the cells", Assert.Throws<InvalidDataException>(() => classifier.Probabilities(others)).Message);
        var scaled = cells.WithX(Normalisation.LogNormalise(cells.X));
        Assert.StartsWith("Raw counts are needed", Assert.Throws<InvalidDataException>(() => classifier.Probabilities(scaled)).Message);
    }

    [Fact]
    public void Genes_are_found_by_name_in_another_order()
    {
        using var classifier = new CentroidAnnotator().Fit(PlantedTypes.Labelled(cells), null, 0);
        var turned = cells.SelectGenes([.. Enumerable.Range(0, cells.GeneCount).Reverse()]);
        Assert.Equal(classifier.Probabilities(cells).Values, classifier.Probabilities(turned).Values, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Cells_of_one_type_alone_are_refused()
    {
        var one = PlantedTypes.Make([20]);
        foreach (var annotator in new IAnnotator[] { new CentroidAnnotator(), new MajorityAnnotator() })
        {
            Assert.Equal("The 20 labelled cells are of 1 type, 'A'; expected at least 2 types, to tell them apart.",
                Assert.Throws<ArgumentException>(() => annotator.Fit(PlantedTypes.Labelled(one), null, 0)).Message);
        }
    }

    public void Dispose() => folder.Dispose();

    private static double[][] Dense(CsrMatrix matrix) => [.. Enumerable.Range(0, matrix.Rows).Select(row =>
    {
        var values = new double[matrix.Columns];
        for (var i = 0; i < matrix.RowIndices(row).Length; i++)
        {
            values[matrix.RowIndices(row)[i]] = matrix.RowValues(row)[i];
        }
        return values;
    })];

    private static double Alike(double[] a, double[] b, CentroidSimilarity similarity)
    {
        if (similarity == CentroidSimilarity.Pearson)
        {
            (a, b) = ([.. a.Select(value => value - a.Average())], [.. b.Select(value => value - b.Average())]);
        }
        return a.Zip(b, (x, y) => x * y).Sum() / Math.Sqrt(a.Sum(x => x * x) * b.Sum(y => y * y));
    }
}
