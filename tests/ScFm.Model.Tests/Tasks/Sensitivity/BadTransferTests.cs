using ScFm.Model.Cells;
using ScFm.Model.Models.Scad;
using ScFm.Model.Tables;
using ScFm.Model.Tasks.Sensitivity;

namespace ScFm.Model.Tests.Tasks.Sensitivity;

/// <summary>Input that is wrong is refused in a sentence that names it.</summary>
public sealed class BadTransferTests
{
    private static readonly TransferSide Six = Side("cell", true, true, true, false, false, false);

    [Theory]
    [InlineData("source")]
    [InlineData("target")]
    public void A_domain_of_one_class_is_named(string domain)
    {
        var one = Side("x", true, true);
        var (source, target) = domain == "source" ? (one, Six) : (Six, one);
        var error = Assert.Throws<ArgumentException>(() => new TransferProblem("melanoma", "sensitive", source, target, Table(source.Count, target.Count)));
        Assert.Contains($"2 of the 2 {(domain == "source" ? "samples of the source" : "cells of the target")} of 'melanoma' are sensitive", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "sensitive")]
    [InlineData(false, "not sensitive")]
    public void A_fold_that_would_have_no_cell_of_a_class_is_named_with_the_class(bool rare, string name)
    {
        var target = Side("cell", [rare, rare, .. Enumerable.Repeat(!rare, 10)]);
        var problem = new TransferProblem("melanoma", "sensitive", Six, target, Table(6, 12));
        var error = Assert.Throws<ArgumentException>(() => TransferFold.Of(problem, 3, seed: 0));
        Assert.Contains($"The target of 'melanoma' has 2 of the class '{name}' for 3 folds, so that fold 3 would have none", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SensitivityStudy.Run([problem], [new PrevalenceMethod()], folds: 3, seeds: 1));
    }

    [Fact]
    public void A_target_that_leaves_too_few_cells_to_adapt_to_is_named_before_anything_is_computed()
    {
        var problem = new TransferProblem("melanoma", "sensitive", Six, Six, Table(6, 6));
        Assert.Contains("The target of 'melanoma' has 6 cells, so that in 3 folds 4 are left to adapt to; expected at least 5", Assert.Throws<ArgumentException>(() => TransferFold.Of(problem, 3, seed: 0)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void A_feature_that_is_not_finite_is_named_with_its_cell_domain_and_table(float value)
    {
        var table = Table(6, 6) with { Features = ["TP53", "MYC"] };
        table.Target[4, 1] = value;
        var error = Assert.Throws<ArgumentException>(() => new TransferProblem("melanoma", "sensitive", Six, Six, table));
        Assert.Contains($"The feature 'MYC' of 'cell-4' in the target of 'melanoma' is {value} in the table 'expression'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_that_do_not_fit_are_refused()
    {
        Assert.Contains("is 6 x 2 for 6 samples and 5 x 2 for 6 cells", Assert.Throws<ArgumentException>(() => new TransferProblem("melanoma", "sensitive", Six, Six, Table(6, 5))).Message, StringComparison.Ordinal);
        Assert.Contains("expected at least one, and distinct names", Assert.Throws<ArgumentException>(() => new TransferProblem("melanoma", "sensitive", Six, Six, Table(6, 6), Table(6, 6))).Message, StringComparison.Ordinal);
        var problem = new TransferProblem("melanoma", "sensitive", Six, Six, Table(6, 6));
        Assert.Contains("no table 'embedding'; it has 'expression'", Assert.Throws<KeyNotFoundException>(() => problem["embedding"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Genes_of_which_none_is_in_both_are_named()
    {
        var error = Assert.Throws<InvalidDataException>(() => CellTransfer.Of("melanoma", Cells(["TP53", "MYC"]), Cells(["ENSG1", "ENSG2"])));
        Assert.Contains("'target' has none of the 2 genes (TP53, MYC)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_without_a_label_is_named()
    {
        var cells = Cells(["TP53", "MYC"]);
        cells.Obs = new Table(CategoryColumn.FromLabels("response", ["sensitive", null, "resistant", null]));
        Assert.Contains("2 of the 4 rows of the target, such as 'cell-1', have no label in the column 'response'", Assert.Throws<InvalidDataException>(() => CellTransfer.Of("melanoma", Cells(["TP53", "MYC"]), cells)).Message, StringComparison.Ordinal);
        cells.Obs = new Table(4);
        Assert.Contains("The column of labels of the target is 'response', but the cells have none", Assert.Throws<InvalidDataException>(() => CellTransfer.Of("melanoma", Cells(["TP53", "MYC"]), cells)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_of_which_none_says_what_is_asked_about_are_named()
    {
        var cells = Cells(["TP53", "MYC"]);
        cells.Obs = new Table(CategoryColumn.FromLabels("response", ["drug", "drug", "vehicle", "vehicle"]));
        Assert.Contains("has the labels 'drug', 'vehicle'; expected to be told which", Assert.Throws<InvalidDataException>(() => CellTransfer.Of("melanoma", cells, cells)).Message, StringComparison.Ordinal);
        Assert.Contains("0 of the 4 samples", Assert.Throws<ArgumentException>(() => CellTransfer.Of("melanoma", cells, cells, new() { Positive = "placebo" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_that_are_not_there_or_one_alone_are_refused()
    {
        var cells = Cells(["TP53", "MYC"]);
        Assert.Contains("The column of groups is 'patient', but the cells have response", Assert.Throws<InvalidDataException>(() => CellTransfer.LeaveOneOut(cells, "patient")).Message, StringComparison.Ordinal);
        cells.Obs = cells.Obs.With(CategoryColumn.FromLabels("patient", ["a", "a", "a", "a"]));
        Assert.Contains("The column 'patient' has 1 groups", Assert.Throws<InvalidDataException>(() => CellTransfer.LeaveOneOut(cells, "patient")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_model_cannot_learn_from_is_refused()
    {
        var (samples, cells) = (new DenseMatrix(4, 2), new DenseMatrix(6, 2));
        bool[] labels = [true, false, true, false];
        Assert.Contains("The source has 4 samples of 2 features with 3 labels", Assert.Throws<ArgumentException>(() => ScadModel.Train(new ScadExamples(samples, labels[..3], cells))).Message, StringComparison.Ordinal);
        Assert.Contains("4 of the 4 source samples are resistant", Assert.Throws<ArgumentException>(() => ScadModel.Train(new ScadExamples(samples, [true, true, true, true], cells) { Class = "resistant" })).Message, StringComparison.Ordinal);
        Assert.Contains("The target has 4 cells to adapt to; expected at least 5", Assert.Throws<ArgumentException>(() => ScadModel.Train(new ScadExamples(samples, labels, new DenseMatrix(4, 2)))).Message, StringComparison.Ordinal);
        Assert.Contains("Feature 1 of row 0 of the target is NaN", Assert.Throws<ArgumentException>(() => ScadModel.Train(new ScadExamples(samples, labels, new DenseMatrix(6, 2, [0, float.NaN, .. new float[10]])))).Message, StringComparison.Ordinal);
        Assert.Contains("BatchSize is 4; expected 5", Assert.Throws<ArgumentException>(() => ScadModel.Train(new ScadExamples(samples, labels, cells), new() { BatchSize = 4 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_that_is_no_published_prediction_is_refused_with_its_place()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("Sorafenib"));
        Assert.Contains("has no folder with a file", Assert.Throws<InvalidDataException>(() => PublishedSensitivity.Read(folder.Path)).Message, StringComparison.Ordinal);
        File.WriteAllText(folder.File("Sorafenib", "run_predicted_y.tsv"), "split1\tc1\t1\t0.5\nsplit1\tc2\tmaybe\t0.5\n");
        Assert.Contains("Line 2 of", Assert.Throws<InvalidDataException>(() => PublishedSensitivity.Read(folder.Path)).Message, StringComparison.Ordinal);
    }

    private static TransferSide Side(string name, params bool[] labels) => new([.. labels.Select((_, i) => $"{name}-{i}")], labels);

    private static TransferTable Table(int samples, int cells) => new("expression", new DenseMatrix(samples, 2), new DenseMatrix(cells, 2), Standardise: true);

    private static AnnData Cells(string[] genes) => new(
        CsrMatrix.FromDense(new DenseMatrix(4, 2, [1, 2, 3, 0, 0, 1, 2, 2])), ["cell-0", "cell-1", "cell-2", "cell-3"], genes,
        new Table(CategoryColumn.FromLabels("response", ["sensitive", "sensitive", "resistant", "resistant"])));
}
