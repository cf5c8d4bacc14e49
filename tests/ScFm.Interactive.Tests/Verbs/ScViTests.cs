using ScFm.Interactive.Hosting;
using ScFm.Interactive.Verbs;
using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Models.ScVi;
using ScFm.Model.Tables;
using ScFm.Model.Training;
using VerbClass = ScFm.Interactive.Verbs.Verbs;

namespace ScFm.Interactive.Tests.Verbs;

[Collection(nameof(OneAtATime))]
public sealed class ScViTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly VerbNotebook notebook = new() { ["cells"] = Sample() };

    /// <summary>Cells of the sample with their types, every other of a second donor.</summary>
    private static AnnData Sample(int count = 300)
    {
        var all = AnnDataReader.Read(TestFolders.Sample);
        var cells = all.SelectCells([.. Enumerable.Range(0, count).Select(i => i * all.CellCount / count)]);
        cells.Obs = cells.Obs.With(CategoryColumn.FromLabels("donor", Enumerable.Range(0, count).Select(i => i % 2 == 0 ? "first" : "second")))
            .With(CategoryColumn.FromLabels("lab", Enumerable.Repeat("only", count)));
        return cells;
    }

    private AnnData Cells => (AnnData)notebook["cells"]!;

    private ScViModel Model(string name = "model") => (ScViModel)notebook[name]!;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_ldvae_goes_from_counts_to_loadings_by_magic_commands()
    {
        notebook["cells"] = Sample(900);
        notebook.Run("scvi --linear --batch-column donor --variable-genes 200 --epochs 25 --batch-size 32 --latent 4 --learning-rate 0.02");
        Assert.Equal((200, 4, "donor"), (Model().Genes.Count, Model().Module.Config.Latent, Model().BatchColumn));
        Assert.True(Model().Report!.BeatsBaseline, Model().Report!.ToTable().ToString());
        Assert.Equal(Model().Report!.HeldOut.Length, Cells.Obs["scfm_split"] is CategoryColumn split ? Enumerable.Range(0, 900).Count(cell => split.Text(cell) == "held-out") : 0);
        Assert.Contains(notebook.Shown, shown => Text(shown).Contains("gene shares", StringComparison.Ordinal));

        notebook.Run("latent");
        Assert.Equal((900, 4), (Cells.Obsm["X_scvi"].Rows, Cells.Obsm["X_scvi"].Columns));

        notebook.Run("reconstruct --library-size 5000");
        var reconstructed = (AnnData)notebook["reconstructed"]!;
        Assert.Equal((900, 200), (reconstructed.CellCount, reconstructed.GeneCount));
        Assert.All(reconstructed.X.RowSums(), sum => Assert.Equal(5000, sum, 0.5));

        notebook.Run("expression --as-batch all --genes \"CD3E, LYZ\"");
        var expression = (AnnData)notebook["expression"]!;
        Assert.Equal(["CD3E", "LYZ"], expression.VarNames);
        var wanted = Model().NormalisedExpression(Cells, new() { LibrarySize = 1e4, Genes = ["CD3E", "LYZ"], AsBatches = ["first", "second"] });
        Assert.Equal(wanted.Values, expression.Layers["scvi"].ToDense().Values);
        Assert.Equal(Cells.Obs["cell_type"].Text(7), expression.Obs["cell_type"].Text(7));

        notebook.Run("loadings --top 3");
        var loadings = (Table)notebook["loadings"]!;
        Assert.Equal(["gene", "Z_0", "Z_1", "Z_2", "Z_3"], loadings.Columns.Select(column => column.Name));
        Assert.Equal(200, loadings.RowCount);

        notebook.Run("differential-loadings --group B --against \"NK\" --draws 100");
        var differences = (DifferentialLoadings)notebook["differences"]!;
        Assert.Contains(notebook.Shown, shown => shown.Data.TryGetValue("text/html", out var html) && ((string)html).Contains("Latent variables, B (", StringComparison.Ordinal));
        var raised = ((TextColumn)differences.ToTable()["gene"]).Values.ToArray().Zip(((NumberColumn)differences.ToTable()["change"]).Values.ToArray()).Where(row => row.Second > 0).Take(5).Select(row => row.First);
        Assert.Contains("MS4A1", raised);

        notebook.Run("scvi --linear --batch-column donor --variable-genes 150 --epochs 10 --batch-size 32 --latent 4 --learning-rate 0.02 --seed 1 --into second");
        notebook.Run("compare-loadings --other second --permutations 50");
        Assert.True(((LoadingComparison)notebook["comparison"]!).Pairs[0] is { Cosine: not 0, PValue: < 0.05 });
    }

    [Fact]
    public void Csharp_magic_and_command_line_train_the_same_model_and_it_opens_again()
    {
        var file = Path.Combine(folder.Path, "some cells.h5ad");
        AnnDataWriter.Write(Cells, file);
        notebook["cells"] = VerbClass.Load(file);
        notebook.Run("scvi --preset paper --epochs 2 --seed 4");
        Assert.Equal((2, DecoderKind.Linear), (Model().Module.Config.Layers, Model().Module.Config.Decoder));
        var path = Path.Combine(folder.Path, "model");
        notebook.Run($"save \"{path}\" --value model");
        notebook.Run($"open \"{path}\" --into again");
        Assert.Equal(Model().Latent(Cells).Values, Model("again").Latent(Cells).Values);

        var byCode = NotebookHost.During(notebook, () => VerbClass.ScVi(Cells, preset: "paper", epochs: 2, seed: 4));
        var byCommand = Path.Combine(folder.Path, "by command");
        Assert.Equal(0, VerbCommands.RunCommandLine(["scvi", "--cells", file, "--preset", "paper", "--epochs", "2", "--seed", "4", "--into", byCommand]));
        Assert.Equal(Model().Latent(Cells).Values, byCode.Latent(Cells).Values);
        Assert.Equal(Model().Latent(Cells).Values, ScViModel.Load(byCommand).Latent(Cells).Values);
    }

    [Fact]
    public void A_model_tells_its_shape_its_recipe_and_the_trivial_predictor_beside_its_loss()
    {
        notebook["corpus"] = Corpus.Of(Cells).Subsample(200, seed: 3);
        Assert.Contains($"Trained on {((Corpus)notebook["corpus"]!).Recipe}.", notebook.Printed("scvi --cells corpus --linear --epochs 1"), StringComparison.Ordinal);
        Assert.Contains(notebook.Shown.SkipLast(1), shown => Text(shown).Contains("gene shares, negative binomial", StringComparison.Ordinal));
        var (text, html) = (Text(notebook.Shown[^1]), (string)notebook.Shown[^1].Data["text/html"]);
        foreach (var part in new[] { "LDVAE of 2,000 genes and 10 latent variables", "200", "gene shares, negative binomial", "encoder of the library size", "Z_9" })
        {
            Assert.Contains(part, text);
            Assert.Contains(part, html);
        }
        var path = Path.Combine(folder.Path, "model");
        Model().Save(path);
        Assert.Equal(Recipe.Of((Corpus)notebook["corpus"]!)!.ToString(), ScViModel.Load(path).Recipe!.ToString());
    }

    [Fact]
    public void Loadings_of_a_command_line_are_a_file_that_enrich_reads()
    {
        var (model, loadings, sets) = (Path.Combine(folder.Path, "ldvae"), Path.Combine(folder.Path, "loadings.csv"), Path.Combine(folder.Path, "found.tsv"));
        Linear.Value.Save(model);
        var gmt = folder.Write("sets.gmt", $"SOME\t\t{string.Join('\t', Linear.Value.Genes.Names.Take(20))}\n");
        Assert.Equal(0, VerbCommands.RunCommandLine(["loadings", "--model", model, "--into", loadings]));
        Assert.Equal(Linear.Value.LoadingTable().ToCsv(), File.ReadAllText(loadings));
        Assert.Equal(0, VerbCommands.RunCommandLine(["enrich", "--ranking", loadings, "--column", "Z_0", "--sets", gmt, "--permutations", "20", "--into", sets]));
        Assert.Equal("SOME", TableFile.Read(sets)["set"].Text(0));
    }

    [Fact]
    public void Into_is_refused_before_the_work_where_the_result_is_no_file()
    {
        var (console, printed) = (Console.Error, new StringWriter());
        Console.SetError(printed);
        try
        {
            Assert.Equal(1, VerbCommands.RunCommandLine(["compare-loadings", "--model", "no such model", "--other", "nor this", "--into", "pairs.csv"]));
        }
        finally
        {
            Console.SetError(console);
        }
        Assert.StartsWith("--into is 'pairs.csv', but the result of compare-loadings is shown", printed.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Variable_genes_are_chosen_of_cells_that_are_not_in_memory()
    {
        var file = Path.Combine(folder.Path, "cells.h5ad");
        AnnDataWriter.Write(Cells, file);
        (notebook["file"], notebook["corpus"]) = (Corpus.Open(file), Corpus.Of(Cells));
        notebook.Run("scvi --epochs 1 --variable-genes 100 --into inMemory");
        notebook.Run("scvi --cells file --epochs 1 --variable-genes 100 --into ofFile");
        notebook.Run("scvi --cells corpus --epochs 1 --variable-genes 100 --into ofCorpus");
        Assert.Equal(100, Model("inMemory").Genes.Count);
        Assert.Equal(Model("inMemory").Genes.Names, Model("ofFile").Genes.Names);
        Assert.Equal(Model("inMemory").Genes.Names, Model("ofCorpus").Genes.Names);
        Assert.Equal(Model("inMemory").Latent(Cells).Values, Model("ofFile").Latent(Cells).Values);
    }

    [Fact]
    public void What_a_model_says_of_cells_that_are_not_in_memory_is_what_it_says_of_those_that_are()
    {
        notebook["model"] = Linear.Value;
        notebook["corpus"] = Corpus.Of(Cells);
        foreach (var verb in (string[])["latent", "reconstruct", "expression --genes CD3E,LYZ", "differential-loadings --group B --draws 50"])
        {
            notebook.Run($"{verb} --into known");
            notebook.Run($"{verb} --cells corpus --into found");
            if (notebook["known"] is AnnData known)
            {
                var found = (AnnData)notebook["found"]!;
                Assert.Equal(known.ObsNames, found.ObsNames);
                Assert.Equal(known.Obs["cell_type"].Text(7), found.Obs["cell_type"].Text(7));
                Assert.Equal(verb == "latent" ? [] : known.X.Values, found.X.Values);
                Assert.Equal(verb == "latent" ? known.Obsm["X_scvi"].Values : [], verb == "latent" ? found.Obsm["X_scvi"].Values : []);
                Assert.Equal(known.Layers.GetValueOrDefault("scvi")?.Values, found.Layers.GetValueOrDefault("scvi")?.Values);
            }
        }
        Assert.Equal(((DifferentialLoadings)notebook["known"]!).ToTable().ToCsv(), ((DifferentialLoadings)notebook["found"]!).ToTable().ToCsv());
        Assert.IsType<Corpus>(notebook["corpus"]);
    }

    [Fact]
    public void Interrupting_keeps_the_model()
    {
        notebook.WhenShown = notebook.Interrupt;
        notebook.Run("scvi --epochs 100000");
        Assert.Equal(TrainingEnd.Interrupted, Model().Report!.Run.End);
        Assert.InRange(Model().Report!.Run.Steps, 1, 10_000);
    }

    [Theory]
    [InlineData("scvi --batch-column patient", "There is no column 'patient'; the columns are cell_type, donor, lab.")]
    [InlineData("scvi --latent 0", "Latent is 0; expected 1 to 4096.")]
    [InlineData("loadings --model network", "Only a linear decoder has loadings; this one is a Network.")]
    [InlineData("differential-loadings --model network --group B", "Only a linear decoder has loadings; this one is a Network.")]
    [InlineData("differential-loadings --group B2", "'B2' in the column 'cell_type' has 0 cells; expected at least 2, of B, CD14+ Mono, CD4 T, CD8 T, DC, FCGR3A+ Mono, NK.")]
    [InlineData("differential-loadings --group B --labels tissue", "There is no column 'tissue'; the columns are cell_type, donor, lab.")]
    [InlineData("differential-loadings --group B --replicates lab", "'B' in the column 'cell_type' has 1 of 'lab'; expected at least 2, of B, CD14+ Mono, CD4 T, CD8 T, DC, FCGR3A+ Mono, NK.")]
    [InlineData("expression --genes CD3E,NOPE", "The model has no gene 'NOPE'; expected one of its 2000, such as ")]
    [InlineData("expression --as-batch all", "There are 0 batches to decode cells as, and the model was trained without any; expected at least one.")]
    [InlineData("expression --as-batch first", "Expression was asked for as of the batch 'first', but the model was trained without batches; expected none.")]
    [InlineData("expression --library-size 0", "LibrarySize is 0; expected 1E-09 to 1000000000000.")]
    [InlineData("reconstruct --library-size -1", "The library size is -1; expected a number above 0.")]
    [InlineData("latent --cells few", "The cells lack 1 of the model's 2000 genes (")]
    [InlineData("latent --model cells", "The variable 'cells' is of type AnnData; --model expects ScViModel.")]
    public void What_cannot_be_done_is_told_in_one_sentence(string line, string message)
    {
        notebook["model"] = Linear.Value;
        notebook["network"] = Network.Value;
        notebook["few"] = Cells.SelectGenes([.. Enumerable.Range(1, Cells.GeneCount - 1)]);
        Assert.StartsWith(message, Assert.Throws<VerbException>(() => notebook.Run(line)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_of_one_batch_is_told() => Assert.Contains(
        "All cells are of the batch 'only' in the column 'lab'", notebook.Printed("scvi --epochs 1 --variable-genes 100 --batch-column lab"), StringComparison.Ordinal);

    private static readonly Lazy<ScViModel> Linear = new(() => ScViModel.Train(Sample(), new ScViOptions { Config = ScViConfig.Linear, Epochs = 1 }));

    private static readonly Lazy<ScViModel> Network = new(() => ScViModel.Train(Sample(), new ScViOptions { Epochs = 1 }));

    private static string Text(MimeBundle shown) => (string)shown.Data["text/plain"];
}
