using System.Diagnostics;
using ScFm.Model.Cells;
using ScFm.Model.Files.Hdf5;
using ScFm.Model.Interop.Hdf5;
using ScFm.Model.Tables;

namespace ScFm.Model.Tests.Cells;

public sealed class AnnDataWriterTests
{
    [Fact]
    public void Python_opens_what_we_write_and_finds_every_part()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("ours.h5ad");
        AnnDataWriter.Write(Rich(), path);

        var seen = Peer.Run($"""
            a = anndata.read_h5ad('{path}')
            print(a.shape, type(a.X).__name__, a.X.dtype, a.X.toarray().tolist())
            print(list(a.obs_names), list(a.var_names), list(a.obs.columns))
            print(a.obs['kind'].tolist(), list(a.obs['kind'].cat.categories), a.obs['kind'].cat.ordered)
            print(a.obs['n'].tolist(), a.obs['score'].tolist(), a.obs['good'].tolist(), a.obs['good'].dtype, a.obs['text'].tolist(), a.obs['gaps'].tolist())
            print(a.obsm['X_pca'].tolist(), a.layers['double'].toarray().tolist())
            print(a.uns['title'], a.uns['n'], a.uns['share'], a.uns['flag'], a.uns['names'].tolist(), a.uns['values'].tolist(), a.uns['inner']['deep']['k'], a.uns['none'].tolist())
            print(a.uns['table'].to_dict('list'), a.uns['matrix'].tolist())
            a.write_h5ad('{folder.File("theirs.h5ad")}')
            """).TrimEnd().Split('\n');

        Assert.Equal(
            [
                "(3, 2) csr_matrix float32 [[0.0, 2.0], [3.0, 0.0], [0.0, 4.5]]",
                "['c0', 'c1', 'é'] ['g0', 'g1'] ['kind', 'n', 'score', 'good', 'text', 'gaps']",
                "['b', nan, 'a'] ['b', 'a'] True",
                "[1, 2, 3] [0.5, nan, 2.5] [True, False, True] bool ['x', 'y', 'ü'] ['p', nan, 'q']",
                "[[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]] [[0.0, 4.0], [6.0, 0.0], [0.0, 9.0]]",
                "blood 3 0.25 True ['p', 'q'] [1.5, 2.5] 5 []",
                "{'gene': ['g1', 'g0'], 'score': [2.0, 1.0]} [[1.0, 2.0]]",
            ],
            seen);
        AssertSame(Rich(), AnnDataReader.Read(folder.File("theirs.h5ad")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_written_is_read_back(bool compress)
    {
        using var folder = new TemporaryFolder();
        AnnDataWriter.Write(Rich(), folder.File("a.h5ad"), compress);

        AssertSame(Rich(), AnnDataReader.Read(folder.File("a.h5ad")));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_process_that_starts_while_a_file_is_written_keeps_no_lock_on_it()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a.h5ad");
        Process child;
        using (Hdf5File.Create(path))
        {
            child = Process.Start("sleep", "60"); // inherits the open file
        }
        try
        {
            using var again = Hdf5File.Create(path);
            Assert.False(child.HasExited);
        }
        finally
        {
            child.Kill();
            child.Dispose();
        }
    }

    [Fact]
    public void Pbmc3k_is_written_compressed_and_read_back_whole()
    {
        using var folder = new TemporaryFolder();
        var cells = AnnDataReader.Read(TestFolders.Real("pbmc3k"));
        AnnDataWriter.Write(cells, folder.File("pbmc3k.h5ad"));

        var back = AnnDataReader.Read(folder.File("pbmc3k.h5ad"));

        Assert.Equal(cells.X.Indices, back.X.Indices);
        Assert.Equal(cells.X.Values, back.X.Values);
        Assert.Equal(cells.VarNames, back.VarNames);
        Assert.Equal(((CategoryColumn)cells.Obs["cell_type"]).Codes, ((CategoryColumn)back.Obs["cell_type"]).Codes);
        Assert.InRange(new FileInfo(folder.File("pbmc3k.h5ad")).Length, 1, 12_000_000);
        Assert.Equal("2286884 2700 ['Memory CD4 T']", Peer.Run($"a = anndata.read_h5ad('{folder.File("pbmc3k.h5ad")}'); print(a.X.nnz, a.n_obs, list(a.obs['cell_type'][:1]))").Trim());
    }

    [Fact]
    public void Cells_without_columns_and_without_values_are_written()
    {
        using var folder = new TemporaryFolder();
        AnnDataWriter.Write(QualityTests.Cells(2, [0, 0]), folder.File("a.h5ad"));

        Assert.Equal("(1, 2) 0", Peer.Run($"a = anndata.read_h5ad('{folder.File("a.h5ad")}'); print(a.shape, a.X.nnz)").Trim());
        Assert.Equal(0, AnnDataReader.Read(folder.File("a.h5ad")).X.NonZeros);
    }

    [Fact]
    public void A_failed_write_leaves_the_old_file_as_it_was()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.h5ad", "what was there");
        var cells = Rich();
        cells.Uns["strange"] = new object();

        Assert.Contains("uns holds 'strange' of type Object", Assert.Throws<NotSupportedException>(() => AnnDataWriter.Write(cells, path)).Message);
        Assert.Equal("what was there", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_name_with_a_slash_is_refused()
    {
        using var folder = new TemporaryFolder();
        var cells = Rich();
        cells.Obs = cells.Obs.With(new IntegerColumn("a/b", [1, 2, 3]));

        Assert.Contains("cannot hold the name 'a/b'", Assert.Throws<Hdf5Exception>(() => AnnDataWriter.Write(cells, folder.File("a.h5ad"))).Message);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named() =>
        Assert.Contains("'no/such/folder/a.h5ad' cannot be written: there is no folder", Assert.Throws<DirectoryNotFoundException>(() => AnnDataWriter.Write(Rich(), "no/such/folder/a.h5ad")).Message);

    private static AnnData Rich()
    {
        var x = CsrMatrix.FromDense(new DenseMatrix(3, 2, [0, 2, 3, 0, 0, 4.5f]));
        var obs = new Table(
            new CategoryColumn("kind", [0, -1, 1], ["b", "a"], ordered: true),
            new IntegerColumn("n", [1, 2, 3]),
            new NumberColumn("score", [0.5, double.NaN, 2.5]),
            new BooleanColumn("good", [true, false, true]),
            new TextColumn("text", ["x", "y", "ü"]),
            new TextColumn("gaps", ["p", null, "q"]));
        var cells = new AnnData(x, ["c0", "c1", "é"], ["g0", "g1"], obs);
        cells.Obsm["X_pca"] = new DenseMatrix(3, 2, [0, 1, 2, 3, 4, 5]);
        cells.Layers["double"] = CsrMatrix.FromDense(new DenseMatrix(3, 2, [0, 4, 6, 0, 0, 9]));
        cells.Uns["title"] = "blood";
        cells.Uns["n"] = 3L;
        cells.Uns["share"] = 0.25;
        cells.Uns["flag"] = true;
        cells.Uns["names"] = (string[])["p", "q"];
        cells.Uns["values"] = (double[])[1.5, 2.5];
        cells.Uns["none"] = Array.Empty<double>();
        cells.Uns["inner"] = new Dictionary<string, object> { ["deep"] = new Dictionary<string, object> { ["k"] = 5L } };
        cells.Uns["table"] = new Table(new TextColumn("gene", ["g1", "g0"]), new NumberColumn("score", [2, 1]));
        cells.Uns["matrix"] = new DenseMatrix(1, 2, [1, 2]);
        return cells;
    }

    private static void AssertSame(AnnData expected, AnnData found)
    {
        Assert.Equal(expected.X.ToDense().Values, found.X.ToDense().Values);
        Assert.Equal(expected.ObsNames, found.ObsNames);
        Assert.Equal(expected.VarNames, found.VarNames);
        foreach (var column in expected.Obs.Columns)
        {
            Assert.Equal(Enumerable.Range(0, 3).Select(column.Text), Enumerable.Range(0, 3).Select(found.Obs[column.Name].Text));
        }
        Assert.Equal(expected.Obsm["X_pca"].Values, found.Obsm["X_pca"].Values);
        Assert.Equal(expected.Layers["double"].ToDense().Values, found.Layers["double"].ToDense().Values);
        Assert.Equal(expected.Uns.Keys.Order(), found.Uns.Keys.Order());
        Assert.Equal("blood", found.Uns["title"]);
        Assert.Equal(5L, ((Dictionary<string, object>)((Dictionary<string, object>)found.Uns["inner"])["deep"])["k"]);
        Assert.Equal(["g1", "g0"], Enumerable.Range(0, 2).Select(((Table)found.Uns["table"])["gene"].Text));
        Assert.Empty(found.Notes);
    }
}
