using ScFm.Interactive.Hosting;
using ScFm.Interactive.Verbs;
using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Corpora.Store;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Parts;
using ScFm.Model.Tasks;

namespace ScFm.Interactive.Tests.Verbs;

[Collection(nameof(OneAtATime))]
public sealed class PartsVerbTests : IClassFixture<FewCells>, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FewCells few;
    private readonly ScFoundationModel model;

    public PartsVerbTests(FewCells few)
    {
        this.few = few;
        var vocabulary = GeneVocabulary.Read(few.Vocabulary);
        model = ScFoundationModel.Create(Presets.Find("tiny", vocabulary.Count), vocabulary, seed: 3);
    }

    private string Output => folder.File("out put.h5ad");

    public void Dispose() => folder.Dispose();

    private VerbNotebook Notebook()
    {
        var notebook = few.Notebook();
        notebook["model"] = model;
        return notebook;
    }

    private static string Text(VerbNotebook notebook) => string.Join('\n', notebook.Shown.Select(content => content.Data["text/plain"]));

    [Fact]
    public void A_command_line_embeds_a_file_as_it_would_in_memory()
    {
        model.Save(folder.File("model"));
        Assert.Equal(0, VerbCommands.RunCommandLine(["embed", "--model", folder.File("model"), "--cells", few.File, "--into", folder.File("memory.h5ad"), "--pool", "mean"]));
        Assert.Equal(0, VerbCommands.RunCommandLine(["embed", "--model", folder.File("model"), "--cells", few.File, "--output", Output, "--pool", "mean"]));

        var (memory, parts) = (AnnDataReader.Read(folder.File("memory.h5ad")), AnnDataReader.Read(Output));
        Assert.Equal(memory.ObsNames, parts.ObsNames);
        Assert.Equal(memory.X.Values, parts.X.Values);
        Assert.Equal(memory.Obsm["X_scfm"].Values, parts.Obsm["X_scfm"].Values);
        Assert.Equal(["memory.h5ad", "model", "out put.h5ad"], Directory.GetFileSystemEntries(folder.Path).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Cells_that_express_too_few_genes_are_left_out_of_a_file_and_not_of_a_variable()
    {
        var cells = AnnDataReader.Read(few.File);
        var genes = Enumerable.Range(0, cells.CellCount).Select(cell => cells.X.RowIndices(cell).Length).Order().ToArray();
        var bound = genes[10];
        model.Save(folder.File("model"));
        Assert.Equal(0, VerbCommands.RunCommandLine(["embed", "--model", folder.File("model"), "--cells", few.File, "--output", Output, "--min-genes", $"{bound}"]));
        Assert.Equal(genes.Count(count => count > bound), AnnDataReader.Read(Output).CellCount);

        var notebook = Notebook();
        notebook["cells"] = ((AnnData)notebook["cells"]!).SelectGenes([.. Enumerable.Range(0, 150)]); // all express fewer than 200
        notebook.Run($"embed --output \"{folder.File("v.h5ad")}\"");
        Assert.Equal(cells.CellCount, AnnDataReader.Read(folder.File("v.h5ad")).CellCount);
    }

    [Fact]
    public void A_variable_stays_as_it_is_and_the_progress_is_told()
    {
        var notebook = Notebook();
        var before = notebook.Variables;
        notebook.Run($"embed --output \"{Output}\" --place x --compress");
        Assert.Equal(before, notebook.Variables);
        Assert.Empty(((AnnData)notebook["cells"]!).Obsm);
        Assert.Equal(Embedding.Run(model, (AnnData)notebook["cells"]!).Values, AnnDataReader.Read(Output).X.ToDense().Values);
        Assert.Contains("40/40 cells", Text(notebook));
        Assert.Contains($"written to {Output}", Text(notebook));

        var written = File.GetLastWriteTimeUtc(Output);
        notebook.Run($"embed --output \"{Output}\" --place x --compress"); // the same again is there already
        Assert.Equal(written, File.GetLastWriteTimeUtc(Output));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("layer")]
    public void A_corpus_is_enhanced_into_a_file(string place)
    {
        var notebook = Notebook();
        using var store = CorpusStore.Build((AnnData)notebook["cells"]!, folder.File("few.corpus"));
        notebook["cells"] = Corpus.Of(store, "few");
        notebook.Run($"enhance --depth f3 --folds 1 --output \"{Output}\" --place {place}");
        var expected = Enhancement.Run(model, ((Corpus)notebook["cells"]!).Load(), new EnhancementOptions { Depth = Depth.Fold(3), Folds = 1 });
        var read = AnnDataReader.Read(Output);
        Assert.Equal(expected.Values, (place == "x" ? read.X : read.Layers["scfm"]).ToDense().Values);
        Assert.Equal(model.Vocabulary.Names, read.VarNames);
        Assert.NotNull(read.Obs.Find("cell_type"));
    }

    [Fact]
    public void Interrupted_it_says_where_it_goes_on_and_does()
    {
        var notebook = Notebook();
        Directory.CreateDirectory(PartedRun.FolderOf(Output));
        var error = Assert.Throws<VerbException>(() => notebook.Run($"embed --output \"{Output}\"", interrupted: true));
        Assert.Equal($"Interrupted; what is done stays in '{PartedRun.FolderOf(Output)}', and the same command goes on from there.", error.Message);
        Assert.False(File.Exists(Output));

        notebook.Run($"embed --output \"{Output}\"");
        Assert.Equal(40, AnnDataReader.Read(Output).CellCount);
        Assert.False(Directory.Exists(PartedRun.FolderOf(Output)));
    }

    [Fact]
    public void A_wrong_line_is_told_in_one_sentence()
    {
        model.Save(folder.File("model"));
        string Error(string line) => Assert.Throws<VerbException>(() => Notebook().Run(line)).Message;
        Assert.Equal("--output is 'vectors.csv'; expected a name that ends in .h5ad.", Error("embed --output vectors.csv"));
        Assert.StartsWith("--place, --min-genes and --compress say what goes to --output, which is not named; ", Error("embed --place x"));
        Assert.StartsWith("--place, --min-genes and --compress say what goes to --output, which is not named; ", Error("enhance --min-genes 3"));
        Assert.StartsWith("--labels sorts the heat map, ", Error($"embed --output \"{Output}\" --labels cell_type"));
        Assert.Equal("--into is 'v' and --output is 'a.h5ad'; expected one of the two: what goes to a file as it is made is nowhere else.", Error("embed --output a.h5ad --into v"));
        Assert.Equal("--place is 'layer'; expected one of obsm, x.", Error("embed --output a.h5ad --place layer"));
        Assert.Contains("the median total of all", Error($"embed --input bulk --compat reference --output \"{Output}\""));
        Assert.Contains("there is no folder", Error($"embed --output \"{folder.File("absent", "a.h5ad")}\""));

        var (console, told) = (Console.Error, new StringWriter());
        Console.SetError(told);
        try
        {
            var copy = folder.File("cells.h5ad");
            File.Copy(few.File, copy);
            Assert.Equal(1, VerbCommands.RunCommandLine(["embed", "--model", folder.File("model"), "--cells", copy, "--output", copy]));
            Assert.Contains($"--output is '{copy}', where the cells are read from; expected another file.", told.ToString());
        }
        finally
        {
            Console.SetError(console);
        }
        Assert.False(File.Exists(Output));
    }
}
