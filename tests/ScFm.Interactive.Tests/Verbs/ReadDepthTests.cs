using System.Text.Json;
using ScFm.Interactive.Hosting;
using ScFm.Interactive.Verbs;
using ScFm.Model.Cells;
using ScFm.Model.Graphs;
using ScFm.Model.Tables;
using ScFm.Model.Tasks.ReadDepth;

namespace ScFm.Interactive.Tests.Verbs;

[Collection(nameof(OneAtATime))]
public sealed class ReadDepthTests(FewCells few) : IClassFixture<FewCells>
{
    private const string Quick = "--methods observed,\"gene mean\",MAGIC,scFoundation --most-genes 150 --epochs 1 --held-out 0.4";

    [Fact]
    public void A_study_shows_its_figure_and_leaves_a_page_and_json_that_tell_how_to_repeat_it()
    {
        var (notebook, folder) = (few.Notebook(), few.Within("depth study"));
        notebook.Run($"depth-study {Quick} --rates 0.2,0.5 --seeds 2 --folder \"{folder}\"");

        var study = Assert.IsType<RecoveryStudy>(notebook["study"]);
        Assert.Equal(["20% of reads", "50% of reads"], study.Conditions);
        Assert.Equal(["observed", "gene mean", "MAGIC", "scFoundation"], study.Methods);
        Assert.Equal(16, study.Outcomes.Count);
        Assert.Contains(notebook.Shown, shown => Text(shown).Contains("MAE (lower is better): 2 bars in 4 groups", StringComparison.Ordinal));

        var page = File.ReadAllText(Path.Combine(folder, "depth-study.html"));
        Assert.Contains("16 to score", page);
        Assert.Contains("Epochs = 1", page);
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "depth-study.json")));
        Assert.Equal(16, json.RootElement.GetProperty("outcomes").GetArrayLength());
        Assert.Equal(study.Findings("scFoundation"), json.RootElement.GetProperty("findings").EnumerateArray().Select(finding => finding.GetString()));
        Assert.Contains("fingerprint", json.RootElement.GetProperty("about").GetProperty("cells").GetString());
    }

    [Fact]
    public void A_study_that_is_run_again_pretrains_nothing_and_gives_the_same_results()
    {
        var (notebook, folder) = (few.Notebook(), few.Within("again"));
        var line = $"depth-study {Quick} --rates 0.3 --seeds 1 --folder \"{folder}\"";
        notebook.Run(line);
        var first = (RecoveryStudy)notebook["study"]!;
        notebook.Shown.Clear();
        notebook.Run(line);
        Assert.Equal(first.Outcomes, ((RecoveryStudy)notebook["study"]!).Outcomes);
        Assert.DoesNotContain(notebook.Shown, shown => Text(shown).Contains("Pretraining", StringComparison.Ordinal));
    }

    [Fact]
    public void The_cells_that_are_scored_are_marked_and_no_others_when_a_model_is_given()
    {
        var (notebook, folder) = (few.Notebook(), few.Within("given"));
        notebook.Run($"pretrain --vocabulary \"{few.Vocabulary}\" --epochs 1");
        var heldOut = ((AnnData)notebook["cells"]!).Obs["scfm_split"];
        var count = Enumerable.Range(0, heldOut.Length).Count(row => heldOut.Text(row) == "held-out");
        notebook.Run($"depth-study --model model --methods observed,scFoundation --rates 0.3 --seeds 1 --folder \"{folder}\"");
        Assert.All(((RecoveryStudy)notebook["study"]!).Outcomes, outcome => Assert.Equal(count, outcome.Cells + outcome.LeftOut));
    }

    [Fact]
    public void Types_are_looked_for_at_every_asked_depth()
    {
        if (!Leiden.IsAvailable)
        {
            Assert.Skip("igraph's library is not installed (Debian: libigraph3).");
        }
        var (notebook, folder) = (few.Notebook(), few.Within("clusters"));
        notebook.Run($"depth-clusters {Quick} --rate 0.5 --folds 1,3 --seeds 1 --folder \"{folder}\"");
        var study = Assert.IsType<ClusteringStudy>(notebook["clusters"]);
        Assert.Equal(
            ["all reads", "observed", "MAGIC", "scFoundation, T = 1 S", "scFoundation, T = 3 S", "embedding, T = 1 S", "embedding, T = 3 S"],
            study.Outcomes.Select(outcome => outcome.View));
        Assert.True(File.Exists(Path.Combine(folder, "depth-clusters.html")));
    }

    [Fact]
    public void Cells_sequenced_twice_are_found_by_their_columns()
    {
        var cells = AnnDataReader.Read(few.File);
        var shallow = cells.WithX(Downsampling.Binomial(cells.X, 0.1, seed: 1));
        string[] names = [.. cells.ObsNames.Select(name => name + "-deep"), .. cells.ObsNames.Select(name => name + "-shallow")];
        var (x, n) = (CsrMatrix.FromDense(Stacked(cells.X.ToDense(), shallow.X.ToDense())), cells.CellCount);
        var notebook = new VerbNotebook
        {
            ["cells"] = new AnnData(x, names, cells.VarNames, new Table(
                new TextColumn("library", [.. cells.ObsNames, .. cells.ObsNames]),
                new TextColumn("depth", [.. Enumerable.Range(0, 2 * n).Select(row => row < n ? "High" : "Low")]))),
        };
        notebook.Run($"depth-pairs --cell library --depth depth --deep High --shallow Low --methods observed,scFoundation --most-genes 120 --epochs 1 --seeds 2 --folder \"{few.Within("pairs")}\"");
        var study = Assert.IsType<RecoveryStudy>(notebook["pairs"]);
        Assert.Equal(["sequenced twice"], study.Conditions);
        Assert.All(study.Outcomes, outcome => Assert.Equal(20, outcome.Cells));
    }

    [Theory]
    [InlineData("depth-study --rates 0.1,1.5", "rates is '0.1,1.5'; expected numbers above 0 and below 1, separated by commas.")]
    [InlineData("depth-study --rates x", "rates is 'x'; expected numbers above 0, separated by commas.")]
    [InlineData("depth-study --methods DCA", "There is no method 'DCA'; expected some of observed, gene mean, ")]
    [InlineData("depth-clusters --folds 0", "folds is '0'; expected numbers above 0, separated by commas.")]
    public void A_wrong_option_is_told_in_one_sentence(string line, string sentence)
    {
        var error = Assert.Throws<VerbException>(() => few.Notebook().Run($"{line} --folder \"{few.Within("wrong")}\""));
        Assert.StartsWith(sentence, error.Message);
    }

    private static string Text(MimeBundle shown) => (string)shown.Data["text/plain"];

    private static DenseMatrix Stacked(DenseMatrix above, DenseMatrix below) => new(above.Rows + below.Rows, above.Columns, [.. above.Values, .. below.Values]);
}
