using ScFm.Model.Cells;
using ScFm.Model.Cells.Backed;
using ScFm.Model.Corpora;
using ScFm.Model.Corpora.Store;
using ScFm.Model.Parts;
using ScFm.Model.Tests.Cells;

namespace ScFm.Model.Tests.Parts;

/// <summary>What stands in the file that parts are written to, read back by us and by Python.</summary>
public sealed class PartedFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly AnnData cells = CountedRows.Source();

    private string Output => folder.File("rows.h5ad");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Python_reads_it_whole_and_in_place(bool compress)
    {
        AnnDataWriter.Write(cells, folder.File("cells.h5ad"));
        using (var source = BackedCells.Open(folder.File("cells.h5ad")))
        {
            PartedRun.Run(new CountedRows().Task(), source, Output, new PartsOptions { PartSize = 7, Compress = compress });
        }
        var seen = Peer.Run($"""
            a = anndata.read_h5ad('{Output}')
            o = anndata.read_h5ad('{folder.File("cells.h5ad")}')
            print(a.shape, type(a.X).__name__, (a.X != o.X).nnz, a.X.has_canonical_format, a.obs.equals(o.obs), list(a.var_names) == list(o.var_names))
            print(a.obsm['X_scfm'].dtype, a.obsm['X_scfm'][13].tolist() == [13, o.X[13].sum(), o.X[13].nnz], 'task' in a.uns['scfm_run'])
            b = anndata.read_h5ad('{Output}', backed='r')
            print(b.isbacked, (b.X[20:30] != o.X[20:30]).nnz, (b[[99, 3], :].to_memory().obsm['X_scfm'][:, 0]).tolist())
            """).TrimEnd().Split('\n');
        Assert.Equal(["(100, 40) csr_matrix 0 True True True", "float32 True True", "True 0 [99.0, 3.0]"], seen);
    }

    [Theory]
    [InlineData(0.9)] // most numbers are not zero: dense
    [InlineData(0.1)]
    public void Rows_in_the_place_of_X_are_dense_or_sparse_whichever_takes_less_room(double share)
    {
        var expression = Expression(share);
        PartedRun.Run(Task(expression), cells, Output, new PartsOptions { PartSize = 9 });

        using var read = BackedCells.Open(Output);
        Assert.Equal(["A", "G1", "B"], read.VarNames);
        Assert.Equal("id A, id 1, id B", string.Join(", ", read.GeneIds!));
        Assert.Equal(expression.Values, read.Load().X.ToDense().Values);
        Assert.Equal(cells.ObsNames, read.ObsNames);
        var seen = Peer.Run($"""
            a = anndata.read_h5ad('{Output}')
            print(type(a.X).__name__, anndata.read_h5ad('{Output}', backed='r').X[5:7].shape)
            """).Trim();
        Assert.Equal($"{(share > 0.5 ? "ndarray" : "csr_matrix")} (2, 3)", seen);
    }

    [Fact]
    public void Rows_in_a_layer_stand_beside_the_counts_of_the_same_genes()
    {
        var expression = Expression(0.9);
        PartedRun.Run(Task(expression), cells, Output, new PartsOptions { PartSize = 9, Place = ResultPlace.Layer, Name = "deep" });

        var read = AnnDataReader.Read(Output);
        Assert.Equal(expression.Values, read.Layers["deep"].ToDense().Values);
        Assert.Equal(["A", "G1", "B"], read.VarNames);
        var (counts, own) = (read.X.ToDense(), cells.X.ToDense());
        Assert.All(Enumerable.Range(0, 100), cell => Assert.Equal((0, own[cell, 1], 0), (counts[cell, 0], counts[cell, 1], counts[cell, 2])));
        Assert.Equal("ndarray", Peer.Run($"print(type(anndata.read_h5ad('{Output}').layers['deep']).__name__)").Trim());
    }

    [Fact]
    public void Vectors_may_stand_in_X_without_the_counts()
    {
        PartedRun.Run(new CountedRows().Task(), cells, Output, new PartsOptions { Place = ResultPlace.Matrix });
        var read = AnnDataReader.Read(Output);
        Assert.Equal(CountedRows.Expected(cells), read.X.ToDense().Values);
        Assert.Equal(["0", "1", "2"], read.VarNames);
    }

    [Fact]
    public void A_store_and_a_corpus_are_sources_like_any_other()
    {
        using var store = CorpusStore.Build(cells, folder.File("c.corpus"));
        PartedRun.Run(new CountedRows().Task(), store, Output, new PartsOptions { PartSize = 11 });
        var read = AnnDataReader.Read(Output);
        Assert.Equal(store.ObsNames, read.ObsNames);
        Assert.Equal(store.Read([.. Enumerable.Range(0, 100)]).Values, read.X.Values);
        Assert.Equal(Enumerable.Range(0, 100).Select(cell => (float)cell), Enumerable.Range(0, 100).Select(cell => read.Obsm["X_scfm"][cell, 0]));

        var corpus = Corpus.Of(store, "all").Only("kind", "a");
        PartedRun.Run(new CountedRows().Task(), corpus, folder.File("some.h5ad"), new PartsOptions { PartSize = 11 });
        read = AnnDataReader.Read(folder.File("some.h5ad"));
        Assert.Equal(corpus.ObsNames, read.ObsNames);
        Assert.Equal(corpus.Recipe.ToJson(), read.Uns[Recipe.Key]);
    }

    /// <summary>Expression of three genes, one of them the cells' own.</summary>
    private DenseMatrix Expression(double share)
    {
        var random = new Random(2);
        return new DenseMatrix(100, 3, [.. Enumerable.Range(0, 300).Select(_ => random.NextDouble() < share ? (float)random.NextDouble() : 0)]);
    }

    private static PartedTask Task(DenseMatrix expression) => new CountedRows().Task() with
    {
        Genes = new GeneVocabulary(["A", "G1", "B"], ["id A", "id 1", "id B"]),
        Rows = (block, first, _, _) => expression.SelectRows([.. Enumerable.Range(first, block.CellCount)]),
    };
}
