using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Corpora.Store;
using ScFm.Model.Tables;

namespace ScFm.Model.Tests.Corpora;

public sealed class GeneIdTests
{
    private static readonly GeneVocabulary Ensembl = new(["ENSG00000000003", "ENSG00000000001"]);

    private static AnnData Known(string[] genes, params string?[] ids)
    {
        var cells = SmallCells.Of(6, genes);
        cells.Var = new Table(new TextColumn("gene_ids", ids));
        return cells;
    }

    private static int[] PlacesOf(ICellSource cells) => GenePlaces.Of(cells, Ensembl, null).Target;

    [Fact]
    public void Genes_are_found_by_their_ids_in_every_kind_of_source()
    {
        using var folder = new TemporaryFolder();
        var cells = Known(["A", "B", "C"], "ENSG00000000001", null, "ENSG00000000003");
        AnnDataWriter.Write(cells, folder.File("cells.h5ad"));
        using var file = ScFm.Model.Cells.Backed.BackedCells.Open(folder.File("cells.h5ad"));
        using var store = CorpusStore.Build(cells, folder.File("cells.corpus"));

        Assert.All<ICellSource>([cells, file, Corpus.Of(cells), Corpus.Open(folder.File("cells.h5ad")), store, Corpus.Open(folder.File("cells.corpus"))],
            source => Assert.Equal([1, -1, 0], PlacesOf(source)));
        store.Verify(cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(["ENSG00000000001", null, "ENSG00000000003"], store.GeneIds!.Select(id => string.IsNullOrEmpty(id) ? null : id));
        Assert.Null(((ICellSource)SmallCells.Of(2, ["A"])).GeneIds);
    }

    [Fact]
    public void Ids_follow_their_genes_when_sources_are_joined_and_genes_chosen()
    {
        var joined = Corpus.Of(Known(["A", "B", "C"], "ENSG00000000001", null, "ENSG00000000003"), Known(["C", "B"], "ENSG00000000009", "ENSG00000000002"));
        Assert.Equal(["B", "C"], joined.VarNames);
        Assert.Equal(["ENSG00000000002", "ENSG00000000003"], joined.GeneIds!.AsEnumerable());
        var chosen = joined.SelectGenes(["C", "B"]);
        Assert.Equal(["ENSG00000000003", "ENSG00000000002"], chosen.GeneIds!.AsEnumerable());
        Assert.Equal([0, -1], PlacesOf(chosen.Load(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void A_model_of_counts_finds_its_genes_by_id_in_a_corpus()
    {
        var corpus = Corpus.Of(Known(["A", "B", "C"], "ENSG00000000001", null, "ENSG00000000003"));
        var counts = CountSource.Of(corpus, Ensembl);
        Assert.Equal([3, 1], counts.Read([0], TestContext.Current.CancellationToken).ToDense().Row(0).ToArray());
        Assert.Equal("The cells lack 1 of the model's 3 genes (X); expected all of them.",
            Assert.Throws<InvalidDataException>(() => CountSource.Of(corpus, new GeneVocabulary(["X", "ENSG00000000001", "B"]))).Message);
    }
}
