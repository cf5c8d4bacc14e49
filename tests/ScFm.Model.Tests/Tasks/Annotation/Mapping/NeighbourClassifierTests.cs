using System.Globalization;
using ScFm.Model.Cells;
using ScFm.Model.Graphs;
using ScFm.Model.Metrics.Classification;
using ScFm.Model.Models;
using ScFm.Model.Models.Geneformer;
using ScFm.Model.Models.ScVi;
using ScFm.Model.Tasks;
using ScFm.Model.Tasks.Annotation.Annotators;
using ScFm.Model.Tasks.Annotation.Mapping;
using ScFm.Model.Tests.Cells;
using ScFm.Model.Tests.Tasks.Annotation.Heads;
using ScFm.Model.Tests.Training;

namespace ScFm.Model.Tests.Tasks.Annotation.Mapping;

/// <summary>Cells mapped to labelled ones by their neighbours.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class NeighbourClassifierTests
{
    [Fact]
    public void Votes_are_those_of_scikit_learn()
    {
        using var folder = new TemporaryFolder();
        var (cells, others) = (HeadCases.Labelled(150), HeadCases.Labelled(60, seed: 2));
        // some cells of the reference itself are among the others: they lie at distance 0
        var queries = new AnnData(CsrMatrix.FromDense(Both(((AnnData)others.Cells).X.ToDense(), ((AnnData)cells.Cells).X.ToDense().SelectRows([3, 77]))), [.. Enumerable.Range(0, 62).Select(i => $"q{i}")], cells.Cells.VarNames);
        foreach (var metric in Enum.GetValues<DistanceMetric>())
        {
            using var space = PcaSpace.Of(cells.Cells, components: 6);
            using var classifier = NeighbourClassifier.Of(cells, space, new() { Neighbours = 7, Metric = metric });
            var (reference, query) = (folder.File("reference.csv"), folder.File("query.csv"));
            WriteCsv(reference, space.Place(cells.Cells));
            WriteCsv(query, space.Place(queries));
            var printed = Peer.Run($"""
                from sklearn.neighbors import KNeighborsClassifier
                model = KNeighborsClassifier(7, weights='distance', metric='{metric.ToString().ToLowerInvariant()}', algorithm='brute')
                model.fit(np.loadtxt('{reference}', delimiter=','), [{string.Join(',', cells.Labels)}])
                for row in model.predict_proba(np.loadtxt('{query}', delimiter=',')): print(*row)
                """);
            var expected = printed.Split('\n', StringSplitOptions.RemoveEmptyEntries).SelectMany(line => line.Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))).ToArray();
            var votes = classifier.Map(queries).Votes.Values;
            Assert.Equal(expected.Length, votes.Length);
            // by the cosine a cell's distance to itself is rounding on either side
            var compared = metric == DistanceMetric.Cosine ? 60 * 4 : expected.Length;
            for (var i = 0; i < compared; i++)
            {
                Assert.Equal(expected[i], votes[i], 2e-4);
            }
        }
    }

    [Fact]
    public void The_score_for_none_of_these_is_the_share_of_the_type_that_lies_nearer()
    {
        var spread = new ReferenceSpread([1, 2, 3, 4, 10], [0, 0, 0, 0, 1], 3);
        Assert.Equal(0, spread.NoneOfThese(0, 0.5f), 1e-12);
        Assert.Equal(1 - 4 / 5.0, spread.NoneOfThese(0, 1.5f), 1e-12);
        Assert.Equal(1 - 3 / 5.0, spread.NoneOfThese(0, 3), 1e-12); // two nearer, one as far
        Assert.Equal(1 - 1 / 5.0, spread.NoneOfThese(0, 4.5f), 1e-12);
        Assert.Equal(0.5, spread.NoneOfThese(1, 11), 1e-12); // one cell says little
        Assert.Equal(0, spread.NoneOfThese(2, 11), 1e-12); // and none says nothing
    }

    [Fact]
    public void Types_of_so_few_cells_that_the_score_stays_below_a_limit_are_named()
    {
        var all = HeadCases.Labelled(300);
        int[] rare = [.. Enumerable.Range(0, 300).Where(cell => all.Labels[cell] == 2).Take(19)];
        var cells = all.Choose([.. Enumerable.Range(0, 300).Where(cell => all.Labels[cell] != 2), .. rare], "19 of kind2");
        using var classifier = NeighbourClassifier.Of(cells, components: 5);
        Assert.Equal([cells.Types[2]], classifier.NeverAbove(0.95)); // 19 / 20
        Assert.Empty(classifier.NeverAbove(0.9499));
        Assert.Equal(4, classifier.NeverAbove(1).Count);
        var mapped = classifier.Map(all.Cells);
        Assert.Throws<ArgumentOutOfRangeException>(() => mapped.ToTable(-0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => mapped.ToTable(double.NaN));
    }

    [Fact]
    public void A_space_frees_a_model_that_is_its_own_and_leaves_that_of_others_and_knows_its_genes()
    {
        var cells = (AnnData)HeadCases.Labelled(60).Cells;
        foreach (var owns in new[] { false, true })
        {
            foreach (IModel model in new[] { ScViModel.Train(cells, new() { Epochs = 1 }, cancellation: TestContext.Current.CancellationToken), HeadCases.Encoder("Geneformer", cells).Model })
            {
                var weights = (model is ScViModel scVi ? scVi.Module : ((GeneformerModel)model).Module as TorchSharp.torch.nn.Module).parameters().First();
                var space = new ModelSpace(model, owns: owns);
                Assert.Equal(space.Genes.Count, space.Genes.CountIn(cells));
                Assert.Equal(space.Genes.Names.Count(name => cells.VarNames.Take(7).Contains(name)), space.Genes.CountIn(cells.SelectGenes([.. Enumerable.Range(0, 7)])));
                space.Dispose();
                Assert.Equal(owns, weights.IsInvalid);
            }
        }
    }

    [Fact]
    public void Cells_of_the_reference_s_kinds_are_flagged_at_most_as_often_as_the_score_says()
    {
        var (cells, others) = (HeadCases.Labelled(600), HeadCases.Labelled(600, seed: 2));
        using var classifier = NeighbourClassifier.Of(cells);
        var mapped = classifier.Map(others.Cells);
        Assert.Equal(others.Labels, mapped.Called);
        // 600 draws of 5%: three standard deviations are 2.7%
        Assert.InRange(mapped.NoneOfThese.Average(score => score > 0.95 ? 1.0 : 0), 0.001, 0.077);
        Assert.InRange(mapped.NoneOfThese.Average(score => score > 0.5 ? 1.0 : 0), 0.3, 0.57);
    }

    [Fact]
    public void A_kind_that_the_reference_lacks_stands_out()
    {
        var (all, others) = (HeadCases.Labelled(300), HeadCases.Labelled(200, seed: 2));
        var cells = all.Choose([.. Enumerable.Range(0, 300).Where(cell => all.Labels[cell] != 2)], "without kind2");
        using var classifier = NeighbourClassifier.Of(cells);
        var mapped = classifier.Map(others.Cells);
        Assert.DoesNotContain(2, mapped.Called);
        Assert.All(Enumerable.Range(0, 200), cell => Assert.Equal(0, mapped.Votes[cell, 2]));
        Assert.InRange(RocCurve.Of(Array.ConvertAll(others.Labels, label => label == 2), mapped.NoneOfThese).Area, 0.98, 1);
        var table = mapped.ToTable(noneAbove: 0.9);
        Assert.Equal(["mapped_type", "mapped_type_score", "mapped_type_none_of_these"], table.Columns.Select(column => column.Name));
        Assert.All(Enumerable.Range(0, 200), cell => Assert.Equal(mapped.NoneOfThese[cell] > 0.9, table["mapped_type"][cell] is null));
    }

    [Theory]
    [InlineData("pca")]
    [InlineData("scFoundation")]
    [InlineData("Geneformer")]
    [InlineData("scVI")]
    public void A_file_opens_as_the_same_reference(string kind)
    {
        using var folder = new TemporaryFolder();
        var (cells, others) = (HeadCases.Labelled(60), HeadCases.Labelled(30, seed: 2).Cells);
        ICellSpace space = kind switch
        {
            "pca" => PcaSpace.Of(cells.Cells, 5),
            "scVI" => new ModelSpace(ScViModel.Train(cells.Cells, new() { Epochs = 1 })),
            _ => new ModelSpace(HeadCases.Encoder(kind, cells.Cells).Model),
        };
        using var classifier = NeighbourClassifier.Of(cells, space, new() { Neighbours = 4 });
        classifier.Save(folder.File("reference"));
        using var opened = Assert.IsType<NeighbourClassifier>(ModelFiles.Open(folder.File("reference")));
        var (expected, found) = (classifier.Map(others), opened.Map(others));
        Assert.Equal(expected.Votes.Values, found.Votes.Values);
        Assert.Equal(expected.NoneOfThese, found.NoneOfThese);
        Assert.Equal(classifier.Types, opened.Types);
        Assert.Equal(classifier.Settings, opened.Settings);
        Assert.Equal(kind == "pca" ? "PCA 5" : kind, space.Name);
    }

    [Fact]
    public void Places_of_the_reference_are_its_principal_components_and_genes_are_found_in_any_order()
    {
        var cells = (AnnData)HeadCases.Labelled(80).Cells;
        using var space = PcaSpace.Of(cells, 5);
        var scores = Pca.Fit(Normalisation.LogNormalise(cells.X), new() { Components = 5 }, TestContext.Current.CancellationToken).Scores;
        Assert.InRange(TaskCells.LargestDifference(scores.Values, space.Place(cells, TestContext.Current.CancellationToken).Values), 0, 1e-4);
        var reversed = cells.SelectGenes([.. Enumerable.Range(0, cells.GeneCount).Reverse()]);
        Assert.Equal(space.Place(cells, TestContext.Current.CancellationToken).Values, space.Place(reversed, TestContext.Current.CancellationToken).Values);
    }

    [Fact]
    public void The_annotator_places_labelled_cells_among_the_unlabelled()
    {
        var (cells, unlabelled, others) = (HeadCases.Labelled(16), HeadCases.Labelled(200, seed: 3).Cells, HeadCases.Labelled(100, seed: 2));
        var annotator = new NeighbourAnnotator(new() { Components = 8, Mapping = new() { Neighbours = 3 } });
        Assert.Equal("3 nearest neighbours, PCA 8", annotator.Name);
        using var classifier = annotator.Fit(cells, unlabelled, seed: 1, cancellation: TestContext.Current.CancellationToken);
        Assert.InRange(HeadCases.Accuracy(classifier, others), 0.95, 1);
        Assert.Equal("16 reference cells in PCA 8, of which 3 vote.", Assert.Single(classifier.Fit.Notes));
    }

    [Fact]
    public void What_cannot_be_mapped_is_said()
    {
        var cells = HeadCases.Labelled();
        using var classifier = NeighbourClassifier.Of(cells);
        string Refused(Action run) => Assert.ThrowsAny<ArgumentException>(run).Message;
        string Unread(Action run) => Assert.Throws<InvalidDataException>(run).Message;
        var counts = (AnnData)cells.Cells;
        Assert.StartsWith("The 90 labelled cells are of 1 type", Refused(() => NeighbourClassifier.Of(cells with { Labels = new int[90] })));
        Assert.StartsWith("None of the 40 genes of the cells", Unread(() => classifier.Map(new AnnData(counts.X, counts.ObsNames, [.. Enumerable.Range(0, 40).Select(i => $"X{i}")]))));
        Assert.StartsWith("Raw counts are needed", Unread(() => classifier.Map(counts.WithX(Normalisation.LogNormalise(counts.X)))));
        Assert.Equal("Neighbours is 0; expected 1 to 10000.", Refused(() => NeighbourClassifier.Of(cells, options: new() { Neighbours = 0 })));
        Assert.Equal(0, classifier.Map(counts.SelectCells([])).Votes.Rows);
        using var folder = new TemporaryFolder();
        HeadCases.Encoder("Geneformer", counts).Model.Save(folder.File("model"));
        Assert.Contains("describes no neighbour-classifier", Assert.Throws<InvalidDataException>(() => NeighbourClassifier.Load(folder.File("model"))).Message);
    }

    private static DenseMatrix Both(DenseMatrix a, DenseMatrix b) => new(a.Rows + b.Rows, a.Columns, [.. a.Values, .. b.Values]);

    private static void WriteCsv(string path, DenseMatrix matrix) => File.WriteAllLines(path,
        Enumerable.Range(0, matrix.Rows).Select(row => string.Join(',', matrix.Row(row).ToArray().Select(value => value.ToString("R", CultureInfo.InvariantCulture)))));
}
