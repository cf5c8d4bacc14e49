using ScFm.Model.Cells;
using ScFm.Model.Cells.Backed;
using ScFm.Model.Tables;

namespace ScFm.Model.Tests.Cells;

public sealed class LoomTests
{
    // Three cells and four genes, as loompy lays them out.
    private const string Make = """
        import h5py
        x = np.array([[0, 3, 0], [2, 0, 0], [0, 0, 5], [1, 0, 4]], dtype='f4')
        text = h5py.string_dtype()
        def loom(f):
            f.attrs['LOOM_SPEC_VERSION'] = '3.0.0'
            f.create_dataset('matrix', data=x, chunks=(2, 2), maxshape=(4, None), compression='gzip')
            f.create_dataset('layers/spliced', data=x * 2, chunks=(2, 2), compression='gzip')
            f.create_dataset('row_attrs/Gene', data=np.array(['LYZ', 'CD3E', 'NKG7', 'CD4'], dtype=object), dtype=text)
            f.create_dataset('row_attrs/Accession', data=np.array(['E1', 'E2', 'E3', 'E4'], dtype=object), dtype=text)
            f.create_dataset('col_attrs/CellID', data=np.array(['c0', 'c1', 'c2'], dtype=object), dtype=text)
            f.create_dataset('col_attrs/Age', data=np.array([3, 4, 5])); f.create_dataset('col_attrs/Score', data=np.array([0.5, 1.5, 2.5]))
            f.create_dataset('col_attrs/Class', data=np.array(['T', 'B', 'T'], dtype=object), dtype=text)
            f.create_dataset('col_attrs/X_umap', data=np.arange(6.0).reshape(3, 2))
            f.create_group('row_graphs'); f.create_group('col_graphs/KNN')
        """;

    [Fact]
    public void Genes_by_cells_become_cells_by_genes_with_all_that_is_known_of_both()
    {
        using var folder = new TemporaryFolder();
        Peer.Run($"{Make}\nwith h5py.File('{folder.File("a.loom")}', 'w') as f: loom(f)");

        var cells = AnnDataReader.Read(folder.File("a.loom"));

        Assert.Equal([0, 2, 0, 1, 3, 0, 0, 0, 0, 0, 5, 4], cells.X.ToDense().Values);
        Assert.Equal(["LYZ", "CD3E", "NKG7", "CD4"], cells.VarNames);
        Assert.Equal("E3", cells.Var["Accession"].Text(2));
        Assert.Equal(["c0", "c1", "c2"], cells.ObsNames);
        Assert.Equal([3L, 4, 5], ((IntegerColumn)cells.Obs["Age"]).Values.ToArray());
        Assert.Equal([0.5, 1.5, 2.5], ((NumberColumn)cells.Obs["Score"]).Values.ToArray());
        Assert.Equal(["B", "T"], ((CategoryColumn)cells.Obs["Class"]).Categories);
        Assert.Equal([0, 1, 2, 3, 4, 5], cells.Obsm["X_umap"].Values);
        Assert.Equal(8, cells.Layers["spliced"].ToDense()[2, 3]);
        Assert.Contains("col_graphs was left out (KNN)", Assert.Single(cells.Notes));
    }

    [Fact]
    public void Chosen_cells_are_read_from_the_columns_of_the_file()
    {
        using var folder = new TemporaryFolder();
        Peer.Run($"{Make}\nwith h5py.File('{folder.File("a.loom")}', 'w') as f: loom(f)");
        using var cells = BackedCells.Open(folder.File("a.loom"));
        using var layer = BackedCells.Open(folder.File("a.loom"), new ReadOptions { Layer = "spliced", GeneNames = "Accession" });

        Assert.Equal([0, 0, 5, 4, 0, 2, 0, 1], cells.Read([2, 0]).ToDense().Values);
        Assert.Equal([6, 0, 0, 0], layer.Read([1]).ToDense().Values.Order().Reverse());
        Assert.Equal(["E1", "E2", "E3", "E4"], layer.VarNames);
    }

    [Fact]
    public void The_names_that_anndata_gives_genes_and_cells_of_a_loom_are_found()
    {
        using var folder = new TemporaryFolder();
        Peer.Run($"{Make}\nwith h5py.File('{folder.File("a.loom")}', 'w') as f:\n    loom(f); del f['row_attrs/Gene'], f['row_attrs/Accession'], f['col_attrs/CellID']\n    f['row_attrs/var_names'] = np.array([b'a', b'b', b'c', b'd']); f['col_attrs/obs_names'] = np.array([b'x', b'y', b'z'])");

        var cells = AnnDataReader.Read(folder.File("a.loom"));

        Assert.Equal(["a", "b", "c", "d"], cells.VarNames);
        Assert.Equal(["x", "y", "z"], cells.ObsNames);
    }

    [Fact]
    public void Names_that_are_not_there_are_numbers_and_parts_that_do_not_fit_are_named()
    {
        using var folder = new TemporaryFolder();
        Peer.Run($"{Make}\nwith h5py.File('{folder.File("a.loom")}', 'w') as f:\n    loom(f); del f['col_attrs/CellID']\nwith h5py.File('{folder.File("b.loom")}', 'w') as f:\n    loom(f); del f['col_attrs/Age']; f['col_attrs/Age'] = [1, 2]");

        var cells = AnnDataReader.Read(folder.File("a.loom"));

        Assert.Equal(["0", "1", "2"], cells.ObsNames);
        Assert.Contains(cells.Notes, note => note.StartsWith("col_attrs has no names", StringComparison.Ordinal));
        Assert.Contains("/col_attrs/Age has 2 values; expected 3", Assert.Throws<InvalidDataException>(() => AnnDataReader.Read(folder.File("b.loom"))).Message);
    }
}
