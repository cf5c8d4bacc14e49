using ScFm.Interactive.Hosting;
using ScFm.Interactive.Tests.Verbs;
using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Tables;

namespace ScFm.Interactive.Tests.Hosting;

/// <summary>Cells of variables that go to ranks in files, and columns that come back.</summary>
public sealed class ObjectFilesTests(FewCells few) : IClassFixture<FewCells>
{
    [Fact]
    public void Cells_in_memory_arrive_as_the_same_cells()
    {
        var cells = AnnDataReader.Read(few.File);
        var path = ObjectFiles.Write(cells, few.Within("sent"), CancellationToken.None);
        Assert.Equal(((ICellSource)cells).CountIdentity, ((ICellSource)AnnDataReader.Read(path)).CountIdentity);
    }

    [Fact]
    public void Cells_of_a_variable_that_express_few_genes_arrive_too_and_those_of_a_users_file_are_filtered()
    {
        var cells = AnnDataReader.Read(few.File).SelectGenes([.. Enumerable.Range(0, 150)]);
        var path = ObjectFiles.Write(cells, few.Within("of few genes"), CancellationToken.None);
        Assert.Equal(cells.ObsNames, ((AnnData)ObjectFiles.Read(typeof(ICellSource), path, isVariable: true)).ObsNames);
        Assert.StartsWith("Quality control left no cell: ", Assert.Throws<InvalidDataException>(() => ObjectFiles.Read(typeof(ICellSource), path)).Message);
    }

    [Fact]
    public void Of_a_corpus_of_files_only_the_recipe_is_written()
    {
        var corpus = Corpus.Open(few.File).Subsample(10, seed: 3);
        var path = ObjectFiles.Write(corpus, few.Within("chosen"), CancellationToken.None);
        Assert.InRange(new FileInfo(path).Length, 1, 10_000);
        Assert.Equal(corpus.Identity, ((ICellSource)ObjectFiles.Read(typeof(ICellSource), path)).Identity);
    }

    [Fact]
    public void A_corpus_of_cells_in_memory_is_written_whole_and_in_its_order()
    {
        var corpus = Corpus.Of(AnnDataReader.Read(few.File), "memory");
        var path = ObjectFiles.Write(corpus, few.Within("whole"), CancellationToken.None);
        var read = (ICellSource)ObjectFiles.Read(typeof(ICellSource), path);
        Assert.Equal(corpus.ObsNames, read.ObsNames);
        Assert.Equal(corpus.Read([0, 39]).Values, read.Read([0, 39]).Values);
    }

    [Fact]
    public void Columns_that_a_verb_adds_or_changes_come_back_and_others_stay()
    {
        var (here, there) = (AnnDataReader.Read(few.File), AnnDataReader.Read(few.File));
        string[] labels = [.. Enumerable.Range(0, 40).Select(cell => cell % 4 == 0 ? "held-out" : "train")];
        var path = few.Within("marked.h5ad");
        var added = new AddedColumns(there, path);
        there.Obs = there.Obs.With(CategoryColumn.FromLabels("scfm_split", labels));
        added.Save();
        var before = here.Obs.Columns.ToList();
        AddedColumns.Take(path, here);
        Assert.Equal(labels, Enumerable.Range(0, 40).Select(cell => here.Obs["scfm_split"].Text(cell)));
        Assert.Equal(before, here.Obs.Columns.Take(before.Count));
    }
}
