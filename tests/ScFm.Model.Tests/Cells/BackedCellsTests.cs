using ScFm.Model.Cells;
using ScFm.Model.Cells.Backed;
using ScFm.Model.Files.Hdf5;

namespace ScFm.Model.Tests.Cells;

public sealed class BackedCellsTests
{
    // Whole numbers in floating point, about one in five not zero; in every layout and packing that anndata writes.
    private static readonly string[] Layouts =
    [
        "sp.csr_matrix(x)|None", "sp.csr_matrix(x)|'gzip'", "sp.csr_matrix(x)|'lzf'", "sp.csc_matrix(x)|None", "sp.csc_matrix(x)|'gzip'",
        "x|None", "x|'gzip'", "x.astype('u2')|'lzf'", "np.asfortranarray(x)|None", "sp.csr_matrix(x.astype('i8'))|'gzip'",
    ];

    [Fact]
    public void Any_rows_of_any_layout_in_any_order_are_those_of_the_whole()
    {
        using var folder = new TemporaryFolder();
        Peer.Run("r = np.random.RandomState(0); x = (r.rand(300, 70) < 0.2) * r.randint(1, 9, (300, 70)).astype('f4')\n" + string.Concat(Layouts.Select((layout, i) => layout.Split('|') is var parts
            ? $"anndata.AnnData({parts[0]}, dtype=({parts[0]}).dtype).write_h5ad('{folder.File($"{i}.h5ad")}', compression={parts[1]})\n" : "")) + $"np.save('{folder.File("x.npy")}', x)\n");
        var expected = AnnDataReader.Read(folder.File("x.npy")).X;
        int[][] choices = [[0], [299, 0, 299, 150], [.. Enumerable.Range(100, 90)], [], [.. Enumerable.Range(0, 300).Reverse()], [.. Enumerable.Range(0, 300)], [5, 6, 8, 9, 5]];

        for (var i = 0; i < Layouts.Length; i++)
        {
            using var cells = BackedCells.Open(folder.File($"{i}.h5ad"));
            foreach (var chosen in choices)
            {
                var (read, whole) = (cells.Read(chosen), expected.SelectRows(chosen));
                Assert.Equal(whole.Offsets, read.Offsets);
                Assert.Equal(whole.Indices, read.Indices);
                Assert.Equal(whole.Values, read.Values);
            }
            Assert.Equal(expected.Values, cells.Load().X.Values);
        }
    }

    [Fact]
    public void Chosen_cells_bring_their_rows_of_obs_obsm_and_layers()
    {
        using var folder = new TemporaryFolder();
        Peer.Run($$"""
            a = anndata.AnnData(sp.csr_matrix(np.arange(40).reshape(10, 4)), dtype='f4', obs=pd.DataFrame(dict(n=range(10), kind=pd.Categorical(list('ababababab'))), index=['c%d' % i for i in range(10)]))
            a.layers['twice'] = sp.csc_matrix(a.X * 2); a.layers['dense'] = a.X.toarray() * 3
            a.obsm['X_pca'] = np.arange(20.0).reshape(10, 2); a.obsm['sparse'] = sp.csr_matrix(np.eye(10)); a.uns['title'] = 'blood'
            a.obsm['frame'] = pd.DataFrame(dict(CD3=np.arange(10), CD4=np.arange(10) / 2, text=['t'] * 10), index=a.obs_names)
            a.write_h5ad('{{folder.File("a.h5ad")}}')
            """);
        using var cells = BackedCells.Open(folder.File("a.h5ad"));

        var some = cells.Load([7, 2]);

        Assert.Equal(["c7", "c2"], some.ObsNames);
        Assert.Equal(["b", "a"], Enumerable.Range(0, 2).Select(some.Obs["kind"].Text));
        Assert.Equal([28, 29, 30, 31, 8, 9, 10, 11], some.X.ToDense().Values);
        Assert.Equal([56, 58, 60, 62, 16, 18, 20, 22], some.Layers["twice"].ToDense().Values);
        Assert.Equal([84, 87, 90, 93, 24, 27, 30, 33], some.Layers["dense"].ToDense().Values);
        Assert.Equal([14, 15, 4, 5], some.Obsm["X_pca"].Values);
        Assert.Equal(1, some.Obsm["sparse"][0, 7]);
        Assert.Equal([7, 3.5f, 2, 1], some.Obsm["frame"].Values);
        Assert.Equal(["CD3", "CD4"], (string[])some.Uns["frame_columns"]);
        Assert.Contains(some.Notes, note => note.Contains("and text left out"));
        Assert.Equal("blood", some.Uns["title"]);
        Assert.Equal(cells.Load().Layers["twice"].SelectRows([7, 2]).Values, some.Layers["twice"].Values);
    }

    [Fact]
    public void A_layer_or_raw_takes_the_place_of_X()
    {
        using var folder = new TemporaryFolder();
        Peer.Run($"""
            a = anndata.AnnData(sp.csr_matrix(np.ones((3, 4))), dtype='f4'); a.raw = a; a = a[:, :2].copy(); a.layers['counts'] = sp.csr_matrix(np.full((3, 2), 5.0))
            a.write_h5ad('{folder.File("a.h5ad")}')
            """);
        using var layer = BackedCells.Open(folder.File("a.h5ad"), new ReadOptions { Layer = "counts" });
        using var raw = BackedCells.Open(folder.File("a.h5ad"), new ReadOptions { UseRaw = true });

        Assert.Equal([5, 5], layer.Read([1]).Values);
        Assert.Equal([5, 5, 5, 5, 5, 5], AnnDataReader.Read(folder.File("a.h5ad"), new ReadOptions { Layer = "counts" }).X.Values);
        Assert.Equal((4, 4), (raw.GeneCount, raw.Read([2]).Values.Length));
        Assert.Contains("has no 'spliced'; it has counts", Assert.ThrowsAny<IOException>(() => BackedCells.Open(folder.File("a.h5ad"), new ReadOptions { Layer = "spliced" })).Message);
        Assert.Contains("expected one of them", Assert.Throws<InvalidDataException>(() => BackedCells.Open(folder.File("a.h5ad"), new ReadOptions { Layer = "counts", UseRaw = true })).Message);
    }

    [Fact]
    public void A_cell_that_is_not_there_is_named()
    {
        using var cells = BackedCells.Open(TestFolders.Fixture("embedding_inputs/counts_csr.h5ad"));

        Assert.Contains($"has no cell {cells.CellCount}; expected 0 to {cells.CellCount - 1}", Assert.Throws<ArgumentOutOfRangeException>(() => cells.Read([0, cells.CellCount])).Message);
        Assert.Contains("has no cell -1", Assert.Throws<ArgumentOutOfRangeException>(() => cells.Load([-1])).Message);
    }

    [Fact]
    public void Several_threads_read_the_same_as_one()
    {
        using var folder = new TemporaryFolder();
        Peer.Run($"r = np.random.RandomState(0); anndata.AnnData(sp.random(2000, 300, 0.1, format='csr', random_state=r), dtype='f4').write_h5ad('{folder.File("a.h5ad")}', compression='gzip')");
        using var cells = BackedCells.Open(folder.File("a.h5ad"));
        var whole = cells.Load().X;

        Parallel.For(0, 64, seed =>
        {
            int[] chosen = [.. Enumerable.Range(0, 50).Select(_ => 0)];
            var random = new Random(seed);
            for (var i = 0; i < chosen.Length; i++)
            {
                chosen[i] = random.Next(2000);
            }
            Assert.Equal(whole.SelectRows(chosen).Values, cells.Read(chosen).Values);
        });
    }

    [Fact]
    public void The_identity_changes_with_one_value_and_not_with_the_name_of_the_file()
    {
        using var folder = new TemporaryFolder();
        var (first, second) = (Sample(), Sample());
        second.X.Values[3] += 1;
        AnnDataWriter.Write(first, folder.File("a.h5ad"));
        AnnDataWriter.Write(second, folder.File("b.h5ad"));
        File.Copy(folder.File("a.h5ad"), folder.File("c.h5ad"));
        using var a = BackedCells.Open(folder.File("a.h5ad"));
        using var b = BackedCells.Open(folder.File("b.h5ad"));
        using var c = BackedCells.Open(folder.File("c.h5ad"));

        Assert.NotEqual(a.Identity, b.Identity);
        Assert.Equal(a.Identity, c.Identity);
        Assert.Equal("a.h5ad", a.Name);
    }

    [Fact]
    public void Columns_too_large_for_the_budget_are_transposed_through_temporary_files()
    {
        using var folder = new TemporaryFolder();
        Peer.Run($"r = np.random.RandomState(0); x = sp.random(3000, 200, 0.2, format='csc', random_state=r); anndata.AnnData(x, dtype='f4').write_h5ad('{folder.File("a.h5ad")}')");
        using var file = Hdf5Reader.Open(folder.File("a.h5ad"));
        var expected = AnnDataReader.Read(folder.File("a.h5ad")).X;
        var before = Directory.GetFiles(Path.GetTempPath(), "scfm-*.tmp").Length;
        using var matrix = new StoredCsc("here", 3000, 200, file.Root.Open("X"), budget: 20_000);

        foreach (var (first, count) in ((int, int)[])[(0, 10), (2990, 10), (1234, 500), (17, 1)])
        {
            var read = matrix.Read([.. Enumerable.Range(first, count)], default);
            var whole = expected.SelectRows([.. Enumerable.Range(first, count)]);
            Assert.Equal(whole.Offsets, read.Offsets);
            Assert.Equal(whole.Indices, read.Indices);
            Assert.Equal(whole.Values, read.Values);
        }
        // Where nobody else deletes them when a process ends, they have no names while they are in use.
        Assert.True(OperatingSystem.IsWindows() || Directory.GetFiles(Path.GetTempPath(), "scfm-*.tmp").Length <= before, "A temporary file is left.");
    }

    private static AnnData Sample() => new(CsrMatrix.FromDense(new DenseMatrix(2, 3, [1, 2, 3, 4, 5, 6])), ["a", "b"], ["x", "y", "z"]);
}
