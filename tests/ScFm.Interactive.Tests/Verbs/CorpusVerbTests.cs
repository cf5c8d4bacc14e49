using ScFm.Interactive.Hosting;
using ScFm.Interactive.Verbs;
using ScFm.Model.Cells;
using ScFm.Model.Corpora.Store;

namespace ScFm.Interactive.Tests.Verbs;

[Collection(nameof(OneAtATime))]
public sealed class CorpusVerbTests(FewCells few) : IClassFixture<FewCells>
{
    [Fact]
    public void A_corpus_is_built_of_several_files_told_of_and_verified()
    {
        using var folder = new TemporaryFolder();
        File.Copy(few.File, folder.File("one.h5ad"));
        File.Copy(few.File, folder.File("two.h5ad"));
        var path = folder.File("both.corpus");
        var notebook = new VerbNotebook();
        notebook.Run($"corpus build \"{folder.File("*.h5ad")}\" --into \"{path}\" --seed 3 --vocabulary \"{few.Vocabulary}\"");
        var cells = AnnDataReader.Read(few.File);
        using (var store = CorpusStore.Open(path))
        {
            Assert.Equal((2 * cells.CellCount, 3), (store.CellCount, store.Seed));
            Assert.Equal(GeneVocabulary.Read(few.Vocabulary).Names, store.VarNames);
            var place = Array.IndexOf(store.ObsNames, cells.ObsNames[7]);
            var gene = Array.IndexOf(cells.VarNames, store.VarNames[5]);
            Assert.Equal(cells.X.ToDense()[7, gene], store.Read([place]).ToDense()[0, 5]);
        }
        Assert.Contains("Building", Text(notebook));
        Assert.Contains("80/80 cells", Text(notebook));

        notebook.Shown.Clear();
        notebook.Run($"corpus info \"{path}\"");
        Assert.Contains("shuffled with seed 3", Text(notebook));
        Assert.Contains("UInt8 in 80 cells", Text(notebook));
        Assert.Matches("source +2 labels: one", Text(notebook));
        Assert.Contains("<table", (string)notebook.Shown[0].Data["text/html"]);

        notebook.Shown.Clear();
        notebook.Run($"corpus verify \"{path}\"");
        Assert.Contains("every file is as it was written", Text(notebook));
        Assert.Empty(notebook.Variables);

        var genes = Path.Combine(path, "cells.bin");
        File.WriteAllBytes(genes, File.ReadAllBytes(genes)[..^1]);
        Assert.Contains($"'{genes}' has", Assert.Throws<VerbException>(() => notebook.Run($"corpus verify \"{path}\"")).Message);
        Assert.Equal(1, VerbCommands.RunCommandLine(["corpus", "verify", path]));
    }

    [Fact]
    public void A_corpus_that_is_built_anew_among_its_inputs_is_none_of_them()
    {
        using var folder = new TemporaryFolder();
        File.Copy(few.File, folder.File("one.h5ad"));
        var path = folder.File("all.corpus");
        var cells = AnnDataReader.Read(few.File).CellCount;
        for (var i = 0; i < 2; i++)
        {
            new VerbNotebook().Run($"corpus build \"{folder.File("*")}\" --into \"{path}\"");
            using var store = CorpusStore.Open(path);
            Assert.Equal(cells, store.CellCount);
        }
    }

    [Fact]
    public void What_cannot_be_built_is_named_and_nothing_is_left()
    {
        using var folder = new TemporaryFolder();
        string Error(string line) => Assert.Throws<VerbException>(() => new VerbNotebook().Run($"corpus build {line}")).Message;
        var path = folder.File("c.corpus");
        Assert.Equal("--into is 'blood'; expected a name that ends in .corpus.", Error($"\"{few.File}\" --into blood"));
        Assert.Equal($"'{folder.File("*.h5ad")}' is the name of no file or folder; expected at least one.", Error($"\"{folder.File("*.h5ad")}\" --into \"{path}\""));
        Assert.Contains("There is no", Error($"\"{folder.File("absent.h5ad")}\" --into \"{path}\""));
        Assert.StartsWith("corpus build has no inputs", Error($"--into \"{path}\""));
        Assert.Contains("corpus verify", Assert.Throws<VerbException>(() => new VerbNotebook().Run("corpus mix")).Message);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    private static string Text(VerbNotebook notebook) => string.Join('\n', notebook.Shown.Select(content => content.Data["text/plain"]));
}
