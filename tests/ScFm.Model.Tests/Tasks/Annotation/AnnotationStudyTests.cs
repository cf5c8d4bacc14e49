using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Metrics;
using ScFm.Model.Tables;
using ScFm.Model.Tasks;
using ScFm.Model.Tasks.Annotation;
using ScFm.Tests;
using Xunit;

namespace ScFm.Model.Tests.Tasks.Annotation;

public sealed class AnnotationStudyTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Every_method_learns_from_every_share_with_every_seed_and_is_scored_on_the_test_cells()
    {
        var study = PlantedTypes.Run(PlantedTypes.Make([60, 30, 30]), PlantedTypes.Plan with { Pair = ["B", "C"] });
        Assert.Equal(["majority vote", "nearest centroid"], study.Methods);
        Assert.Equal([0.25, 1], study.Fractions);
        Assert.Equal(8, study.Outcomes.Count);
        Assert.All(study.Outcomes, run => Assert.Equal([12, 6, 6], run.Matrix.PerClass.Select(scores => (int)scores.Support)));
        Assert.All(study.Outcomes, run => Assert.Equal(run.Fraction == 1 ? 96 : 24, run.TrainingCells));
        Assert.Equal(0.5, study.Of("majority vote").Of(AnnotationMeasures.Accuracy).Mean);
        Assert.Equal(0, study.Of("majority vote").Of(study.Measures[3]).Mean); // no cell of the pair is of the most frequent type
        Assert.InRange(study.Of("nearest centroid").Of(AnnotationMeasures.Accuracy).Mean, 0.95, 1);
        Assert.Equal(["accuracy", "balanced accuracy", "macro-F1", "pair accuracy", "pair F1"], study.Measures.Select(measure => measure.Name));
        Assert.Equal(4, study.ToTable().RowCount);
        Assert.Contains("nearest centroid", study.Findings().First());
        Assert.Contains("versions", study.About.Select(line => line.Name));
    }

    [Fact]
    public void The_same_plan_gives_the_same_scores_and_another_seed_other_labels()
    {
        var cells = PlantedTypes.Make([60, 30, 30], contrast: 1.6);
        var (one, again) = (PlantedTypes.Run(cells, PlantedTypes.Plan), PlantedTypes.Run(cells, PlantedTypes.Plan));
        Assert.Equal(one.Outcomes.Select(run => run.Confusion.SelectMany(row => row)), again.Outcomes.Select(run => run.Confusion.SelectMany(row => row)));
        var few = one.Of("nearest centroid", 0.25).Outcomes;
        Assert.NotEqual(few[0].Confusion.SelectMany(row => row), few[1].Confusion.SelectMany(row => row));
    }

    [Fact]
    public void A_split_drawn_anew_tests_each_seed_on_other_cells()
    {
        var cells = PlantedTypes.Make([60, 30, 30], contrast: 1.6);
        var study = PlantedTypes.Run(cells, PlantedTypes.Plan with { Split = new() { Anew = true } });
        var all = study.Of("nearest centroid").Outcomes;
        Assert.NotEqual(all[0].Confusion.SelectMany(row => row), all[1].Confusion.SelectMany(row => row));
        Assert.Contains(study.About, line => line.Name == "split of seed 1");
    }

    [Fact]
    public void A_study_that_was_stopped_goes_on_with_what_it_has()
    {
        var cells = PlantedTypes.Make([60, 30, 30]);
        using var stop = new CancellationTokenSource();
        var steps = new StopAt(2, stop);
        Assert.ThrowsAny<OperationCanceledException>(() => PlantedTypes.Run(cells, PlantedTypes.Plan, folder.Path, steps, stop.Token));
        var kept = Directory.GetFiles(Path.Combine(folder.Path, "results"));
        Assert.Equal(2, kept.Length);
        foreach (var file in kept)
        {
            File.WriteAllText(file, System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(file), "\"FitSeconds\": [^,]+", "\"FitSeconds\": 1234"));
        }
        var study = PlantedTypes.Run(cells, PlantedTypes.Plan, folder.Path);
        Assert.Equal(2, study.Outcomes.Count(run => run.FitSeconds == 1234));
        Assert.Equal(8, Directory.GetFiles(Path.Combine(folder.Path, "results")).Length);
        // Results of other cells are not taken for these.
        Assert.All(PlantedTypes.Run(PlantedTypes.Make([60, 30, 30], seed: 2), PlantedTypes.Plan, folder.Path).Outcomes, run => Assert.NotEqual(1234, run.FitSeconds));
    }

    [Fact]
    public void Sensitivity_fits_every_value_with_every_seed()
    {
        var plan = PlantedTypes.Plan with { Sensitivity = [new("nearest centroid", "temperature", [Json("0.1"), Json("10")]) { Seeds = 3, Fraction = 0.25 }] };
        var study = PlantedTypes.Run(PlantedTypes.Make([60, 30, 30], contrast: 1.6), plan);
        Assert.Equal(4, study.Summaries.Count);
        var values = study.Sensitivity(plan.Sensitivity[0]);
        Assert.Equal(["0.1", "10"], values.Select(value => value.Value));
        Assert.All(values, value => Assert.Equal([0, 1, 2], value.Runs.Select(run => run.Seed)));
        // The temperature changes how sure it is and not what it chooses; the seed draws other labels.
        Assert.Equal(values[0].Runs.Select(run => run.Matrix.Accuracy), values[1].Runs.Select(run => run.Matrix.Accuracy));
        Assert.True(values[0].Runs.Select(run => run.Matrix.Accuracy).Distinct().Count() > 1);
        Assert.Equal(6, study.OfSensitivity()!.RowCount);
        Assert.Contains(study.Findings(), finding => finding.StartsWith("nearest centroid with temperature 0.1: 3 seeds give accuracies from", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_methods_are_compared_seed_by_seed()
    {
        var study = PlantedTypes.Run(PlantedTypes.Make([60, 30, 30], contrast: 1.6), PlantedTypes.Plan with { Seeds = 4 });
        double[] Scores(string method) => [.. study.Of(method, 0.25).Outcomes.Select(AnnotationMeasures.Accuracy.Of)];
        Assert.Equal(TTest.Paired(Scores("nearest centroid"), Scores("majority vote")), study.Compare("nearest centroid", "majority vote", fraction: 0.25));
        Assert.Equal("majority vote", study.Reference);
        Assert.Equal(1, study.Pairs().RowCount);
        Assert.Throws<KeyNotFoundException>(() => study.Of("scBERT"));
    }

    [Fact]
    public void Cells_without_a_label_are_not_tested_on()
    {
        var study = PlantedTypes.Run(PlantedTypes.Make([60, 30], unlabelled: 25), PlantedTypes.Plan);
        Assert.All(study.Outcomes, run => Assert.Equal(18, run.Matrix.Total));
        Assert.Contains("25 cells have no label: they are neither learnt from nor tested on; 25 of them may be pretrained on.", study.Findings());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_type_of_one_cell_is_learnt_and_not_scored_in_every_split(bool anew)
    {
        var study = PlantedTypes.Run(PlantedTypes.Make([60, 30, 1]), PlantedTypes.Plan with { Seeds = 5, Split = new() { Anew = anew, TestShare = 0.5 } });
        Assert.All(study.Outcomes, run => Assert.Equal(0, run.Matrix.PerClass[2].Support));
        Assert.Contains("No cell is tested on of C (1 cell): it is learnt, and not scored.", study.Notes);
        Assert.Equal(3, study.Types.Count);
    }

    [Fact]
    public void A_type_of_one_cell_in_a_group_is_either_learnt_or_counts_as_unseen()
    {
        var cells = PlantedTypes.Make([60, 30, 1]); // the cell is of donor d2
        AnnotationStudy Study(string donor) => PlantedTypes.Run(cells, PlantedTypes.Plan with { Split = new() { Groups = "donor", TestGroups = [donor] } });
        Assert.Contains("No cell is tested on of C (1 cell): it is learnt, and not scored.", Study("d1").Notes);
        Assert.Contains(Study("d2").Notes, note => note.StartsWith("No cell is learnt from of C (1 cell), which is 4.3% of the test cells", StringComparison.Ordinal));
    }

    [Fact]
    public void Types_that_training_lacks_count_as_wrong_and_their_share_is_told()
    {
        var cells = PlantedTypes.Make([40, 40, 20]);
        cells.Obs = cells.Obs.With(CategoryColumn.FromLabels("part", ColumnLabels.Of(cells.Obs["cell_type"]).Select((type, cell) => type == "C" || cell % 4 == 0 ? "test" : "train")));
        var study = PlantedTypes.Run(cells, PlantedTypes.Plan with { Split = new() { Column = "part" } });
        var centroid = study.Of("nearest centroid").Outcomes[0];
        Assert.Equal(0.5, centroid.Novelty.UnseenShare); // 20 of 40
        Assert.InRange(centroid.Matrix.Accuracy, 0.45, 0.5);
        Assert.Equal(0, centroid.Matrix.PerClass[2].Recall);
        Assert.Contains("No cell is learnt from of C (20 cells), which is 50.0% of the test cells: they count as wrong, so that no accuracy can exceed 50.0%.", study.Notes);
        Assert.InRange(centroid.Novelty.Auroc, 0.9, 1); // cells of neither type are held for less sure
        Assert.Equal(2, study.OfUnseen()!.RowCount);
    }

    [Fact]
    public void Only_the_training_cells_choose_the_genes()
    {
        // G59 varies among the test cells alone.
        var cells = PlantedTypes.Make([40, 40]);
        var counts = new DenseMatrix(cells.CellCount, PlantedTypes.Genes);
        for (var cell = 0; cell < cells.CellCount; cell++)
        {
            for (var i = 0; i < cells.X.RowIndices(cell).Length; i++)
            {
                counts[cell, cells.X.RowIndices(cell)[i]] = cells.X.RowValues(cell)[i];
            }
            counts[cell, 59] = cell % 4 == 0 ? 1000 : 1;
        }
        cells = cells.WithX(CsrMatrix.FromDense(counts));
        cells.Obs = cells.Obs.With(CategoryColumn.FromLabels("part", Enumerable.Range(0, 80).Select(cell => cell % 4 == 0 ? "test" : "train")));
        var plan = PlantedTypes.Plan with { MostGenes = 20, Split = new() { Column = "part" } };
        var split = AnnotationCells.Prepare(plan, path => Corpus.Of(cells, path), default).Split(0);
        Assert.Equal(20, split.Test.GeneCount);
        Assert.DoesNotContain("G59", split.Test.VarNames);
    }

    [Fact]
    public void What_may_be_pretrained_on_has_no_test_cell()
    {
        var cells = PlantedTypes.Make([60, 30], unlabelled: 10);
        var split = AnnotationCells.Prepare(PlantedTypes.Plan, path => Corpus.Of(cells, path), default).Split(0);
        Assert.Equal(100 - 18, split.Unlabelled.CellCount);
        Assert.Empty(split.Unlabelled.ObsNames.Intersect(split.Test.ObsNames));
        Assert.Equal(split.Labelled(1, 0).Cells.ObsNames.Order(), split.Unlabelled.ObsNames.Except(cells.ObsNames[90..]).Order());
    }

    [Fact]
    public void Further_cells_to_pretrain_on_come_in_the_genes_of_the_study()
    {
        var (cells, further) = (PlantedTypes.Make([60, 30]), PlantedTypes.Make([15], seed: 3).SelectGenes([5, 3, 1]));
        AnnData Of(string path) => path == "planted" ? cells : further;
        var plan = PlantedTypes.Plan with { Unlabelled = ["more"] };
        var split = AnnotationCells.Prepare(plan, path => Corpus.Of(Of(path), path), default).Split(0);
        Assert.Equal(72 + 15, split.Unlabelled.CellCount);
        Assert.Equal(cells.VarNames, split.Unlabelled.VarNames);
        var last = split.Unlabelled.Read([86]);
        Assert.Equal(further.X.SelectRows([14]).RowSums(), last.RowSums());

        further = new AnnData(further.X, further.ObsNames, ["x", "y", "z"]);
        Assert.StartsWith("unlabelled: 'more' has no gene of the labelled cells, such as 'x' beside 'G0'",
            Assert.Throws<InvalidDataException>(() => AnnotationCells.Prepare(plan, path => Corpus.Of(Of(path), path), default)).Message);
    }

    [Fact]
    public void Cells_that_are_not_as_the_plan_has_them_are_told_in_one_sentence()
    {
        var cells = PlantedTypes.Make([20, 20]);
        Assert.Equal("The labels' column is 'type', but the cells have cell_type, donor, source.", Error(cells, PlantedTypes.Plan with { Label = "type" }));
        Assert.Equal("The column 'cell_type' has the type 'A' alone; expected at least 2, to tell them apart.", Error(PlantedTypes.Make([20]), PlantedTypes.Plan));
        Assert.Equal("The column 'cell_type' has no type; expected at least 2, to tell them apart.", Error(PlantedTypes.Make([], unlabelled: 20), PlantedTypes.Plan));
        Assert.Equal("pair names 'T', which is no type in the column 'cell_type'; expected two of A, B.", Error(cells, PlantedTypes.Plan with { Pair = ["A", "T"] }));
        Assert.StartsWith("The cells have the identity", Error(cells, PlantedTypes.Plan with { Identity = "0123" }));
        Assert.StartsWith("only names the column 'tissue', but the cells have", Error(cells, PlantedTypes.Plan with { Only = new("tissue", ["skin"]) }));
        Assert.Contains("leaves 1 type to learn from, 'A'", Error(PlantedTypes.Make([4, 1]), PlantedTypes.Plan with { Split = new() { Groups = "donor", TestGroups = ["d0"] } }));
        Assert.StartsWith("cells[0]: There is no corpus 'nowhere'", Assert.Throws<FileNotFoundException>(() => AnnotationStudy.Run(PlantedTypes.Plan with { Cells = ["nowhere"] })).Message);
        Assert.StartsWith("fractions[0] is 0; expected above 0", Assert.Throws<ArgumentException>(() => PlantedTypes.Run(cells, PlantedTypes.Plan with { Fractions = [0] })).Message);
        Assert.StartsWith("methods[0]: 'oracle' is no kind of annotator", Assert.Throws<ArgumentException>(() => PlantedTypes.Run(cells, PlantedTypes.Plan with { Methods = [new("oracle")] })).Message);
        string Error(AnnData cells, AnnotationPlan plan) => Assert.Throws<InvalidDataException>(() => PlantedTypes.Run(cells, plan)).Message;
    }

    [Fact]
    public void A_copy_of_a_tested_cell_is_found_among_those_to_learn_from_and_the_further_ones()
    {
        var cells = PlantedTypes.Make([60, 30]);
        var split = AnnotationCells.Prepare(PlantedTypes.Plan, path => Corpus.Of(cells, path), default).Split(0);
        var tested = Array.IndexOf(cells.ObsNames, split.Test.ObsNames[3]);
        var copy = new AnnData(cells.X.SelectRows([tested]), ["copy"], cells.VarNames).SelectGenes([.. Enumerable.Range(5, 50)]); // a file that lacks some genes
        var plan = PlantedTypes.Plan with { Unlabelled = ["more"] };
        Assert.Equal($"The cell 'copy' of more, which is to be trained on, has the same counts as '{cells.ObsNames[tested]}' of planted, which is tested on; expected no cell twice in the plan.",
            Assert.Throws<InvalidDataException>(() => AnnotationCells.Prepare(plan, path => Corpus.Of(path == "more" ? copy : cells, path), default)).Message);

        var doubled = cells.SelectCells([.. Enumerable.Range(0, 90), .. Enumerable.Range(0, 90)]);
        Assert.Contains("which the split of seed 0 tests on", Assert.Throws<InvalidDataException>(() => PlantedTypes.Run(doubled, PlantedTypes.Plan)).Message);
    }

    [Fact]
    public void What_is_kept_knows_a_split_by_counts_labels_and_parts_alone()
    {
        var cells = PlantedTypes.Make([60, 30]);
        string Identity(AnnData cells, string name) => AnnotationCells.Prepare(PlantedTypes.Plan, _ => Corpus.Of(cells, name), default).Split(0).Identity;
        var before = Identity(cells, "blood");
        Assert.Equal(before, Identity(cells, "renamed"));
        cells.Obs = cells.Obs.With(CategoryColumn.FromLabels("batch", Enumerable.Repeat("b", 90)));
        Assert.Equal(before, Identity(cells, "blood"));
        Assert.NotEqual(before, Identity(PlantedTypes.Make([60, 30], seed: 2), "blood"));
    }

    [Fact]
    public void Seeds_that_test_on_no_cell_of_a_type_do_not_lower_its_scores()
    {
        // C has two cells: a tenth of them is one cell with some seeds, and none with others.
        var plan = PlantedTypes.Plan with { Seeds = 12, Pair = ["B", "C"], Fractions = [1], Split = new() { Anew = true, TestShare = 0.2 } };
        var study = PlantedTypes.Run(PlantedTypes.Make([60, 30, 2]), plan);
        var centroid = study.Of("nearest centroid");
        var tested = centroid.Outcomes.Where(run => run.Matrix.PerClass[2].Support > 0).ToArray();
        Assert.InRange(tested.Length, 1, 11);
        Assert.Equal(tested.Average(run => run.Matrix.PerClass[2].Recall), centroid.OfType(2, scores => scores.Recall).Mean, 1e-12);
        Assert.Equal(tested.Average(run => run.Matrix.PerClass[2].F1 + run.Matrix.PerClass[1].F1) / 2, centroid.Of(study.Measures[4]).Mean, 1e-12);
        Assert.Equal(tested.Length, centroid.Of(study.Measures[3]).Count);
        Assert.Contains(study.Notes, note => note.StartsWith("No cell of C is tested on with seed ", StringComparison.Ordinal) && note.EndsWith(": the pair is not scored there.", StringComparison.Ordinal));
    }

    [Fact]
    public void Macro_f1_is_over_the_types_that_are_tested()
    {
        AnnotationOutcome Of(int[][] confusion) => new("m", 1, 0, null, null, 10, confusion, new(0, 0, 0, 0), 0, 0, 0, 0, []);
        Assert.Equal((2 * 3 / 7.0 + 1) / 2, AnnotationMeasures.MacroF1.Of(Of([[3, 0, 1], [0, 2, 0], [0, 0, 0]])), 1e-12); // the third type is only predicted
        Assert.Equal(1, AnnotationMeasures.MacroF1.Of(Of([[3, 0, 0], [0, 2, 0], [0, 0, 0]])));
        Assert.True(double.IsNaN(AnnotationMeasures.PairF1(1, 2).Of(Of([[3, 0, 0], [0, 2, 0], [0, 0, 0]]))));
    }

    [Fact]
    public void P_is_corrected_for_all_comparisons_and_splits_drawn_anew_have_wider_intervals()
    {
        var cells = PlantedTypes.Make([60, 30, 30], contrast: 1.6);
        var plan = PlantedTypes.Plan with { Seeds = 5, Methods = [new("majority"), new("centroid"), new("neighbours") { Options = Json("""{ "components": 5 }""") }], Split = new() { Anew = true } };
        var study = PlantedTypes.Run(cells, plan);
        var (centroid, other) = (study.Of("nearest centroid"), study.Methods[2]);
        Assert.Equal(24 / 96.0, centroid.Overlap, 1e-12);
        Assert.Equal(MeanInterval.Of(centroid.Outcomes.Select(AnnotationMeasures.Accuracy.Of)).HalfWidth * 1.5, centroid.Of(AnnotationMeasures.Accuracy).HalfWidth, 1e-12); // sqrt((1/5 + 1/4) / (1/5))
        Assert.All(study.Measures, measure => Assert.True(study.PValue("nearest centroid", other, measure) >= study.Compare("nearest centroid", other, measure).PValue));
        Assert.Equal(study.PValue(other, "nearest centroid"), study.PValue("nearest centroid", other));
        Assert.EndsWith(study.PValue("nearest centroid", "majority vote") < 0.05 ? ": better" : ": no clear difference", study.Verdict("nearest centroid", "majority vote"));
        Assert.Throws<KeyNotFoundException>(() => study.PValue("nearest centroid", "scBERT"));
        Assert.Equal(0, PlantedTypes.Run(cells, plan with { Split = new() }).Of(other).Overlap);
    }

    [Fact]
    public void A_test_cell_without_a_gene_that_a_method_knows_counts_as_wrong()
    {
        // The last cell, which is tested on, expresses one gene alone that no other cell has.
        var cells = PlantedTypes.Make([40, 40]);
        var dense = new DenseMatrix(80, PlantedTypes.Genes);
        for (var cell = 0; cell < 79; cell++)
        {
            for (var i = 0; i < cells.X.RowIndices(cell).Length; i++)
            {
                dense[cell, cells.X.RowIndices(cell)[i]] = cells.X.RowIndices(cell)[i] == 59 ? 0 : cells.X.RowValues(cell)[i];
            }
        }
        dense[79, 59] = 4;
        cells = cells.WithX(CsrMatrix.FromDense(dense));
        cells.Obs = cells.Obs.With(CategoryColumn.FromLabels("part", Enumerable.Range(0, 80).Select(cell => cell % 4 == 3 ? "test" : "train")));
        var plan = PlantedTypes.Plan with { Methods = [new("majority"), new("neighbours")], Fractions = [1], Seeds = 1, Split = new() { Column = "part" } };
        var neighbours = PlantedTypes.Run(cells, plan).Outcomes[1];
        Assert.Equal(20, neighbours.Matrix.Total);
        Assert.Equal([0, 1], neighbours.Confusion.Select(row => row[2]));
        Assert.InRange(neighbours.Matrix.Accuracy, 0.8, 0.95);
        Assert.Contains("1 test cells have no count of a gene that it knows: they get no type, which counts as wrong.", neighbours.Notes);
    }

    [Fact]
    public void A_report_knows_its_cells_again()
    {
        var cells = PlantedTypes.Make([60, 30]);
        var study = PlantedTypes.Run(cells, PlantedTypes.Plan);
        Assert.Equal(study.Outcomes.Select(run => run.Matrix.Accuracy), PlantedTypes.Run(cells, AnnotationPlan.Parse(study.Plan.ToJson())).Outcomes.Select(run => run.Matrix.Accuracy));
        Assert.Contains("they have changed since, or are others", Assert.Throws<InvalidDataException>(() => PlantedTypes.Run(PlantedTypes.Make([60, 30], seed: 2), study.Plan)).Message);
    }

    public void Dispose() => folder.Dispose();

    private static System.Text.Json.JsonElement Json(string text) => System.Text.Json.JsonDocument.Parse(text).RootElement;

    private sealed class StopAt(int done, CancellationTokenSource stop) : IProgress<StudyStep>
    {
        public void Report(StudyStep value)
        {
            if (value.Done == done)
            {
                stop.Cancel();
            }
        }
    }
}
