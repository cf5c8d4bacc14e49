using System.Text.Json;
using ScFm.Interactive.Figures;
using ScFm.Interactive.Figures.Marks;
using ScFm.Interactive.Hosting;
using ScFm.Interactive.Verbs;
using ScFm.Model.Cells;
using ScFm.Model.Tables;
using ScFm.Model.Tasks.Annotation;
using ScFm.Model.Tasks.Annotation.Annotators;

namespace ScFm.Interactive.Tests.Verbs;

[Collection(nameof(OneAtATime))]
public sealed class AnnotationVerbTests(FewCells few) : IClassFixture<FewCells>
{
    [Fact]
    public void A_classifier_that_was_trained_annotates_cells()
    {
        var notebook = few.Notebook();
        notebook["cells"] = AnnDataReader.Read(TestFolders.Sample);
        var said = notebook.Printed("annotate train --method centroid --held-out 0.2");
        Assert.Matches(@"Of \d+ held-out cells \d+\.\d% were given their type; macro-F1 [01]\.\d{3}\.", said);
        Assert.IsType<CentroidClassifier>(notebook["model"]);
        Assert.Contains("held-out cells", Text(notebook.Shown.First(shown => Text(shown).Contains("precision", StringComparison.Ordinal))));

        notebook.Run("annotate --threshold 0.4 --column guess");
        var cells = Assert.IsType<AnnData>(notebook["cells"]);
        var (truth, guess) = (ColumnLabels.Of(cells.Obs["cell_type"]), ColumnLabels.Of(cells.Obs["guess"]));
        var probabilities = Assert.IsType<NumberColumn>(cells.Obs["guess_probability"]).Values.ToArray();
        Assert.All(probabilities.Zip(guess), cell => Assert.Equal(cell.First < 0.4, cell.Second == "unassigned"));
        Assert.InRange(truth.Zip(guess).Count(pair => pair.First == pair.Second) / (double)truth.Length, 0.5, 1);
        Assert.Contains("scfm_split", cells.Obs.Columns.Select(column => column.Name));
    }

    [Fact]
    public void A_classifier_goes_through_a_file_on_the_command_line()
    {
        var (model, annotated) = (few.Within("types.safetensors"), few.Within("annotated.h5ad"));
        Assert.Equal(0, VerbCommands.RunCommandLine(["annotate", "train", "--cells", TestFolders.Sample, "--method", "centroid", "--into", model]));
        Assert.Equal(0, VerbCommands.RunCommandLine(["annotate", "--cells", few.File, "--model", model, "--into", annotated]));
        Assert.Contains("predicted_type", AnnDataReader.Read(annotated).Obs.Columns.Select(column => column.Name));
    }

    [Fact]
    public void A_comparison_gives_figures_a_page_and_json_that_gives_the_same_table_again()
    {
        var (notebook, folder) = (few.Notebook(), few.Within("comparison"));
        notebook.Run($"annotate compare --plan \"{Plan("plan.json")}\" --folder \"{folder}\"");
        var study = Assert.IsType<AnnotationStudy>(notebook["study"]);
        foreach (var title in new[] { "Scores with few labels and with many", "Every run a dot", "F1 of every type", "what each type was taken for", "by the value of an option" })
        {
            Assert.Contains(notebook.Shown, shown => Text(shown).Contains(title, StringComparison.Ordinal));
        }
        var page = File.ReadAllText(Path.Combine(folder, "annotation.html"));
        Assert.Contains("Every method beside every other", page);
        Assert.Contains("identity", page);
        Assert.Contains("The plan", page);

        var report = Path.Combine(folder, "annotation.json");
        using var json = JsonDocument.Parse(File.ReadAllText(report));
        Assert.Equal(study.Outcomes.Count, json.RootElement.GetProperty("outcomes").GetArrayLength());
        Assert.Contains("ScFm", json.RootElement.GetProperty("about").GetProperty("versions").GetString()!);
        notebook.Run($"annotate compare --plan \"{report}\" --folder \"{few.Within("again")}\" --into again");
        var again = Assert.IsType<AnnotationStudy>(notebook["again"]);
        Assert.Equal(Untimed(study), Untimed(again));

        static string Untimed(AnnotationStudy study) => study.ToTable().Without("seconds").View().ToString();
    }

    [Fact]
    public void Figures_show_every_run_and_the_shares_of_each_type()
    {
        var study = ScFm.Interactive.Verbs.Verbs.AnnotateCompare(AnnotationPlan.Read(Plan("figures.json")), few.Within("figures"));
        var curves = Plots.LearningCurves(study);
        var line = Assert.IsType<Line>(curves.Panels[0].Marks.Last(mark => mark.Name == "nearest centroid"));
        Assert.Equal([50, 100], line.X);
        Assert.Equal(study.Fractions.Select(fraction => study.Of("nearest centroid", fraction).Of(AnnotationMeasures.Accuracy).Mean), line.Y);
        Assert.Equal(study.Plan.Seeds * study.Methods.Count, Plots.AnnotationRuns(study).Panels[0].Marks.OfType<Points>().Sum(points => points.X.Count));
        Assert.Equal(3 * 2, Plots.AnnotationSensitivity(study).Panels[0].Marks.OfType<Points>().Sum(points => points.X.Count));
        var map = Assert.IsType<HeatMap>(Plots.Confusion(study, "majority vote").Panels[0].Marks[0]);
        Assert.All(map.Values.Chunk(map.Columns), row => Assert.True(row.All(float.IsNaN) || Math.Abs(row.Sum() - 1) < 1e-5));
        Assert.Equal(study.Methods.Count, Plots.AnnotationTypes(study).Panels[0].Marks.Count);
        Assert.Throws<KeyNotFoundException>(() => Plots.Confusion(study, "scBERT"));
    }

    [Fact]
    public void A_logistic_regression_tells_the_genes_it_knows_types_by()
    {
        var notebook = few.Notebook();
        notebook.Run("annotate train --options c=1");
        notebook.Run("annotate markers --top 2");
        var markers = Assert.IsType<Table>(notebook["markers"]);
        Assert.InRange(markers.RowCount, 2, 2 * 7);
    }

    [Theory]
    [InlineData("annotate train --method oracle", "'oracle' is no kind of annotator; expected one of majority, centroid")]
    [InlineData("annotate train --method centroid --options {", "The options are '{'; expected names and values")]
    [InlineData("annotate train --method centroid --options warmth=1", "The options of centroid: The JSON property 'warmth' could not be mapped")]
    [InlineData("annotate train --method centroid --labels type", "The labels' column is 'type', but the cells have")]
    [InlineData("annotate train --method centroid --held-out 1", "The share to hold out is 1; expected 0 to below 1.")]
    [InlineData("annotate compare --plan nowhere.json", "There is no plan 'nowhere.json'.")]
    [InlineData("annotate --method centroid", "annotate has no option '--method'")]
    [InlineData("annotate", "There is no variable 'model' for --model; expected one of type ICellClassifier.")]
    public void A_wrong_line_is_told_in_one_sentence(string line, string message) =>
        Assert.StartsWith(message, Assert.Throws<VerbException>(() => few.Notebook().Run(line)).Message);

    [Fact]
    public void Help_of_annotate_has_its_options_and_the_verbs_under_it()
    {
        var help = few.Notebook().Printed("help annotate");
        Assert.Contains("--threshold", help);
        Assert.Contains("train", help);
        Assert.Contains("compare", help);
    }

    private string Plan(string name)
    {
        var cells = few.Within("sample.h5ad");
        if (!File.Exists(cells))
        {
            AnnDataWriter.Write(AnnDataReader.Read(TestFolders.Sample), cells);
        }
        File.WriteAllText(few.Within(name), """
            {
              "cells": ["sample.h5ad"], "methods": ["majority", "centroid"], "fractions": [0.5, 1], "seeds": 2, "mostGenes": 100,
              "sensitivity": [{ "method": "nearest centroid", "option": "similarity", "values": ["cosine", "pearson"], "seeds": 3 }]
            }
            """);
        return few.Within(name);
    }

    private static string Text(MimeBundle shown) => (string)shown.Data["text/plain"];
}
