using System.Globalization;
using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Files;
using ScFm.Model.Metrics.Classification;
using ScFm.Model.Regression.Logistic;
using ScFm.Model.Tables;
using ScFm.Model.Tasks;
using ScFm.Model.Tasks.Annotation;
using ScFm.Model.Tasks.Annotation.Annotators;
using ScFm.Model.Tests.Cells;
using ScFm.Model.Training;
using ScFm.Tests;

namespace ScFm.Model.Tests.Tasks.Annotation.Annotators;

public sealed class LogisticAnnotatorTests : IDisposable
{
    private static readonly AnnData planted = PlantedTypes.Make([30, 30, 30]);
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(LogisticScheme.OneVersusRest)]
    [InlineData(LogisticScheme.Multinomial)]
    public void Planted_types_are_recognised_in_other_cells_at_a_C_that_it_chooses(LogisticScheme scheme)
    {
        var steps = new List<TrainingProgress>();
        using var classifier = new LogisticAnnotator(new() { Scheme = scheme }).Fit(PlantedTypes.Labelled(planted), null, 0, new Told(steps));
        var others = PlantedTypes.Make([20, 20, 20], seed: 2);

        Assert.InRange(Accuracy(classifier, PlantedTypes.Labelled(others)), 0.95, 1);
        Assert.Contains("chosen among 8 values from 0.001 to 10000", classifier.Fit.Notes[0]);
        Assert.Equal(steps[^1].TotalSteps, steps[^1].Step);
        Assert.Equal(classifier.Fit.Parameters, ((LogisticClassifier)classifier).Markers.Count + 3);
    }

    [Fact]
    public void Types_are_known_by_genes_that_their_cells_express()
    {
        var labelled = PlantedTypes.Labelled(planted);
        using var classifier = (LogisticClassifier)new LogisticAnnotator(new() { C = 1 }).Fit(labelled, null, 0);
        var table = classifier.MarkerGenes(3);

        Assert.Equal(["type", "gene", "coefficient", "share expressing", "mean"], table.Columns.Select(column => column.Name));
        Assert.InRange(table.RowCount, 3, 9);
        var (type, gene) = (table["type"].Text(0), Array.IndexOf(planted.VarNames, table["gene"].Text(0)));
        int[] own = [.. Enumerable.Range(0, planted.CellCount).Where(cell => labelled.Types[labelled.Labels[cell]] == type)];
        var expression = Normalisation.LogNormalise(planted.X).ToDense();
        Assert.Equal(own.Average(cell => expression[cell, gene] > 0 ? 1.0 : 0), ((NumberColumn)table["share expressing"]).Values[0], 1e-9);
        Assert.Equal(own.Average(cell => (double)expression[cell, gene]), ((NumberColumn)table["mean"]).Values[0], 1e-6);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void A_saved_classifier_is_the_same_when_it_is_opened(int types)
    {
        var cells = PlantedTypes.Make([.. Enumerable.Repeat(20, types)]);
        using var classifier = (LogisticClassifier)new LogisticAnnotator(new() { C = 1 }).Fit(PlantedTypes.Labelled(cells), null, 0);
        classifier.Save(folder.File("types.safetensors"));

        using var opened = Assert.IsType<LogisticClassifier>(ModelFiles.Open(folder.File("types.safetensors")));

        Assert.Equal(classifier.Types, opened.Types);
        Assert.Equal(classifier.Markers, opened.Markers);
        Assert.Equal(classifier.Fit.Notes, opened.Fit.Notes);
        Assert.Equal(classifier.Probabilities(cells).Values, opened.Probabilities(cells).Values);
    }

    [Fact]
    public void A_file_whose_genes_do_not_fit_is_refused()
    {
        using var classifier = new LogisticAnnotator(new() { C = 1 }).Fit(PlantedTypes.Labelled(planted), null, 0);
        var path = folder.File("types.safetensors");
        classifier.Save(path);
        var (tensors, metadata) = Safetensors.Read(path);
        using var places = tensors["places"] + 1000;
        tensors["places"] = places;
        Safetensors.Write(path, tensors, metadata);

        Assert.Contains("logistic-classifier", Assert.Throws<InvalidDataException>(() => LogisticClassifier.Load(path)).Message);
    }

    [Fact]
    public void A_type_without_cells_has_probability_0()
    {
        var labelled = PlantedTypes.Labelled(planted);
        using var classifier = new LogisticAnnotator(new() { C = 1 }).Fit(labelled with { Types = ["A", "B", "C", "none of them"] }, null, 0);
        var probabilities = classifier.Probabilities(planted);

        Assert.All(Enumerable.Range(0, planted.CellCount), cell => Assert.Equal(0, probabilities[cell, 3]));
        Assert.All(Enumerable.Range(0, planted.CellCount), cell => Assert.Equal(1, probabilities.Row(cell).ToArray().Sum(), 1e-5f));
    }

    [Fact]
    public void Where_types_have_one_cell_each_C_is_1_and_a_note_says_so()
    {
        var cells = PlantedTypes.Make([1, 1, 1]);
        using var classifier = new LogisticAnnotator().Fit(PlantedTypes.Labelled(cells), null, 0);

        Assert.Contains("C = 1, since fewer than two types", classifier.Fit.Notes[0]);
        Assert.Equal(3, classifier.Probabilities(cells).Rows);
    }

    [Fact]
    public void Genes_in_another_order_and_more_of_them_change_nothing_but_the_scale()
    {
        using var classifier = new LogisticAnnotator(new() { C = 1 }).Fit(PlantedTypes.Labelled(planted), null, 0);
        int[] order = [.. Enumerable.Range(0, planted.GeneCount).Reverse()];
        var turned = new AnnData(planted.X.MapColumns(order, planted.GeneCount), planted.ObsNames, [.. planted.VarNames.Reverse()]);

        Assert.All(
            classifier.Probabilities(planted).Values.Zip(classifier.Probabilities(turned).Values), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void One_type_and_a_C_of_0_are_refused()
    {
        var labelled = PlantedTypes.Labelled(planted);

        Assert.Contains("expected at least 2 types", Assert.Throws<ArgumentException>(
            () => new LogisticAnnotator().Fit(labelled with { Labels = new int[labelled.Labels.Length] }, null, 0)).Message);
        Assert.Contains("C is 0; expected", Assert.Throws<ArgumentException>(() => new LogisticAnnotator(new() { C = 0 })).Message);
    }

    [Fact]
    public void On_sorted_blood_cells_it_is_as_right_as_scikit_learn()
    {
        const double C = 0.1;
        var cells = AnnDataReader.Read(TestFolders.Real("pbmc-facs"));
        var labels = ColumnLabels.Of(cells.Obs["cell_type"]);
        string[] types = [.. labels.Distinct().Order(StringComparer.Ordinal)!];
        int[] codes = [.. labels.Select(label => Array.IndexOf(types, label))];
        var folds = StratifiedFolds.Of(codes, 5, seed: 3);
        var (training, test) = (new LabelledCells(cells, types, codes).Choose(Where(folds, fold => fold > 0), "training"), new LabelledCells(cells, types, codes).Choose(Where(folds, fold => fold == 0), "test"));
        folder.Write("fold.txt", string.Join('\n', folds));
        folder.Write("type.txt", string.Join('\n', codes));
        var script = $$"""
            import gzip, io
            from sklearn.linear_model import LogisticRegression
            text = gzip.open('{{TestFolders.Real(Path.Combine("pbmc-facs", "matrix.mtx.gz"))}}', 'rt').read().split('\n', 200)
            skip = next(i for i, line in enumerate(text) if not line.startswith('%')) + 1
            genes, cells, _ = map(int, text[skip - 1].split())
            i, j, v = np.array('\n'.join(text[skip:]).split(), dtype=np.int64).reshape(-1, 3).T
            x = sp.csr_matrix((v.astype(float), (j - 1, i - 1)), shape=(cells, genes))
            x = sp.diags(1e4 / np.asarray(x.sum(1)).ravel()) @ x
            x = x.log1p().tocsr()
            fold, types = (np.loadtxt('{{folder.Path}}/' + name + '.txt', dtype=int) for name in ('fold', 'type'))
            model = LogisticRegression(penalty='l1', solver='liblinear', C={{C.ToString(CultureInfo.InvariantCulture)}}, random_state=0).fit(x[fold > 0], types[fold > 0])
            print((model.predict(x[fold == 0]) == types[fold == 0]).mean())
            """;
        var theirs = double.Parse(Peer.Run(script), CultureInfo.InvariantCulture);

        using var classifier = new LogisticAnnotator(new() { C = C }).Fit(training, null, 0);
        var ours = Accuracy(classifier, test);

        TestContext.Current.SendDiagnosticMessage(FormattableString.Invariant($"pbmc-facs, C = {C}: accuracy {ours:P2}, scikit-learn {theirs:P2}"));
        Assert.InRange(ours, theirs - 0.01, theirs + 0.01);
        Assert.InRange(ours, 0.7, 1);
    }

    public void Dispose() => folder.Dispose();

    private static int[] Where(int[] folds, Predicate<int> wanted) => [.. Enumerable.Range(0, folds.Length).Where(cell => wanted(folds[cell]))];

    private static double Accuracy(ICellClassifier classifier, LabelledCells cells)
    {
        var probabilities = classifier.Probabilities(cells.Cells);
        int[] called = [.. Enumerable.Range(0, probabilities.Rows).Select(cell => MostLikely.Of(probabilities.Row(cell)))];
        return new ConfusionMatrix(cells.Labels, called, cells.Types.Count).Accuracy;
    }

    private sealed class Told(List<TrainingProgress> told) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => told.Add(value);
    }
}
