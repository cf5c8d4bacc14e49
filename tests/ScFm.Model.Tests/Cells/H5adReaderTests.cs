using ScFm.Model.Cells;
using ScFm.Model.Files.Hdf5;
using ScFm.Model.Tables;

namespace ScFm.Model.Tests.Cells;

public sealed class H5adReaderTests
{
    // What every encoding below holds: three cells, four genes, all kinds of columns.
    private const string Example = """
        dense = np.array([[0, 2, 0, 1], [3, 0, 0, 0], [0, 0, 5, 4.5]])
        obs = pd.DataFrame({'n': [1, 2, 3], 'score': [0.5, np.nan, 2.5], 'good': [True, False, True], 'kind': pd.Categorical(['b', None, 'a'], ['b', 'a'], ordered=True),
            'level': pd.Categorical([10, 20, 10]), 'note': ['x', 'y', 'é']}, index=['c0', 'c1', 'c2'])
        obs['n_or_none'] = pd.array([7, None, 9], dtype='Int64')
        obs['yes_or_none'] = pd.array([True, None, False], dtype='boolean')
        a = anndata.AnnData(dense.astype('float32'), obs=obs, var=pd.DataFrame(index=['g0', 'g1', 'g2', 'g3']))
        """;

    [Fact]
    public void Every_layout_and_width_of_X_that_Python_writes_gives_the_same_matrix()
    {
        string[] layouts =
        [
            "sp.csr_matrix(whole)", "sp.csc_matrix(whole)", "whole.astype('float32')", "np.asfortranarray(whole)", "sp.csr_matrix(whole.astype('uint8'))",
            "sp.csr_matrix(whole.astype('int16'))", "sp.csc_matrix(whole.astype('int64'))", "whole.astype('int32')", "whole.astype('uint16')",
        ];
        using var folder = new TemporaryFolder();
        Peer.Run($"{Example}\nwhole = np.floor(dense)\n" + string.Concat(layouts.Select((layout, i) =>
            $"a = anndata.AnnData({layout}, obs=obs[['n']], dtype=({layout}).dtype); a.write_h5ad('{folder.File($"{i}.h5ad")}', compression=[None, 'gzip', 'lzf'][{i} % 3])\n")));

        for (var i = 0; i < layouts.Length; i++)
        {
            var cells = AnnDataReader.Read(folder.File($"{i}.h5ad"));
            Assert.True(cells.X.ToDense().Values.SequenceEqual([0, 2, 0, 1, 3, 0, 0, 0, 0, 0, 5, 4]), layouts[i]);
            Assert.Equal(["c0", "c1", "c2"], cells.ObsNames);
            Assert.Equal(["0", "1", "2", "3"], cells.VarNames);
        }
    }

    [Fact]
    public void Columns_keep_their_types_labels_and_gaps()
    {
        using var folder = new TemporaryFolder();
        Peer.Run($"{Example}\na.write_h5ad('{folder.File("a.h5ad")}')");

        var obs = AnnDataReader.Read(folder.File("a.h5ad")).Obs;

        Assert.Equal([1L, 2, 3], ((IntegerColumn)obs["n"]).Values.ToArray());
        Assert.Equal([0.5, double.NaN, 2.5], ((NumberColumn)obs["score"]).Values.ToArray());
        Assert.Equal([true, false, true], ((BooleanColumn)obs["good"]).Values.ToArray());
        var kind = Assert.IsType<CategoryColumn>(obs["kind"]);
        Assert.Equal(["b", "a"], kind.Categories);
        Assert.True(kind.Ordered);
        Assert.Equal(new object?[] { "b", null, "a" }, Enumerable.Range(0, 3).Select(row => kind[row]));
        Assert.Equal(["10", "20", "10"], Enumerable.Range(0, 3).Select(obs["level"].Text));
        Assert.Equal(["x", "y", "é"], Enumerable.Range(0, 3).Select(obs["note"].Text));
        Assert.Equal([7, double.NaN, 9], ((NumberColumn)obs["n_or_none"]).Values.ToArray());
        Assert.Equal(["True", "", "False"], Enumerable.Range(0, 3).Select(obs["yes_or_none"].Text));
    }

    [Fact]
    public void Uns_layers_and_obsm_are_read_and_the_rest_is_named()
    {
        using var folder = new TemporaryFolder();
        Peer.Run($$"""
            {{Example}}
            a.uns = {'title': 'blood', 'n': 3, 'share': 0.25, 'flag': True, 'names': np.array(['p', 'q'], dtype=object), 'values': np.array([1.5, 2.5]),
                'inner': dict(deep=dict(k=5)), 'odd': np.array([(1, 2.0)], dtype=[('a', 'i4'), ('b', 'f4')])}
            a.layers['counts'] = sp.csc_matrix(dense)
            a.obsm['X_pca'] = np.arange(6.0).reshape(3, 2)
            a.obsp['graph'] = sp.eye(3, format='csr')
            a.write_h5ad('{{folder.File("a.h5ad")}}')
            """);

        var cells = AnnDataReader.Read(folder.File("a.h5ad"));

        Assert.Equal("blood", cells.Uns["title"]);
        Assert.Equal(3L, cells.Uns["n"]);
        Assert.Equal(0.25, cells.Uns["share"]);
        Assert.Equal(true, cells.Uns["flag"]);
        Assert.Equal(["p", "q"], (string[])cells.Uns["names"]);
        Assert.Equal([1.5, 2.5], (double[])cells.Uns["values"]);
        Assert.Equal(5L, ((Dictionary<string, object>)((Dictionary<string, object>)cells.Uns["inner"])["deep"])["k"]);
        Assert.Equal(4.5f, cells.Layers["counts"].ToDense()[2, 3]);
        Assert.Equal([0, 1, 2, 3, 4, 5], cells.Obsm["X_pca"].Values);
        Assert.Contains(cells.Notes, note => note.Contains("uns/odd was left out"));
        Assert.Contains(cells.Notes, note => note.Contains("obsp was left out (graph)"));
    }

    [Fact]
    public void Groups_that_are_in_one_another_by_too_many_paths_are_refused()
    {
        using var folder = new TemporaryFolder();
        Peer.Run($$"""
            import h5py
            {{Example}}
            a.write_h5ad('{{folder.File("a.h5ad")}}')
            with h5py.File('{{folder.File("a.h5ad")}}', 'a') as f:
                below = f.create_group('uns/end')
                for i in range(40):
                    g = f.create_group('uns/g%d' % i); g['a'] = below; g['b'] = below; below = g
            """);

        Assert.Contains("the same groups in one another by more than ", Assert.Throws<Hdf5Exception>(() => AnnDataReader.Read(folder.File("a.h5ad"))).Message);
    }

    [Fact]
    public void None_in_uns_is_left_out_with_a_note()
    {
        using var folder = new TemporaryFolder();
        Peer.Run($"""
            import h5py
            {Example}
            a.uns = dict(log1p=dict(kept=1)); a.write_h5ad('{folder.File("a.h5ad")}')
            with h5py.File('{folder.File("a.h5ad")}', 'a') as f:
                f['uns/log1p/base'] = h5py.Empty('f4'); f['uns/log1p/base'].attrs['encoding-type'] = 'null'
            """);

        var cells = AnnDataReader.Read(folder.File("a.h5ad"));

        Assert.Equal(["kept"], ((Dictionary<string, object>)cells.Uns["log1p"]).Keys);
        Assert.Contains("uns/log1p/base was left out: it is null, which is how anndata writes None.", cells.Notes);
    }

    [Theory]
    [InlineData("f['uns/m'].attrs['shape'] = [3, 2**31 - 1]", "expected no more columns than the file has bytes")]
    [InlineData("f['uns/t'].attrs['shape'] = [2**31 - 1, 4]", "expected no more rows than the file has bytes")]
    [InlineData("f['obsm/m'].attrs['shape'] = [3, 2**20]; del f['obsm/m/indptr']; f['obsm/m/indptr'] = np.array([0, 0, 0, 0]); del f['obsm/m/data']; f['obsm/m/data'] = np.zeros(0); del f['obsm/m/indices']; f['obsm/m/indices'] = np.zeros(0, 'i4')", null)]
    [InlineData("f['obsm/big'].attrs['shape'] = [3, 2**20 * 2000]", "expected no more columns than the file has bytes")]
    [InlineData("f['obs/n_or_none/mask'].resize(2, 0)", "has 2 rows; expected 3, as the values have")]
    [InlineData("f['obs/yes_or_none/mask'].resize(4, 0)", "has 4 rows; expected 3, as the values have")]
    public void Sizes_that_nothing_else_in_the_file_bounds_are_held_against_it(string lie, string? expected)
    {
        using var folder = new TemporaryFolder();
        Peer.Run($"""
            import h5py
            {Example}
            a.uns = dict(m=sp.csr_matrix(dense), t=sp.csc_matrix(dense)); a.obsm['m'] = sp.csr_matrix(dense); a.obsm['big'] = sp.csr_matrix(dense); a.write_h5ad('{folder.File("a.h5ad")}')
            with h5py.File('{folder.File("a.h5ad")}', 'a') as f:
                for name in ['n_or_none', 'yes_or_none']:
                    mask = f['obs'][name]['mask'][()]; del f['obs'][name]['mask']; f['obs'][name].create_dataset('mask', data=mask, chunks=(3,), maxshape=(None,))
                {lie}
            """);

        var error = Record.Exception(() => AnnDataReader.Read(folder.File("a.h5ad")));

        if (expected is null)
        {
            Assert.Null(error);
            return;
        }
        Assert.Contains(expected, Assert.IsType<InvalidDataException>(error).Message);
    }

    [Fact]
    public void Genes_indexed_by_Ensembl_id_are_named_by_their_symbols()
    {
        using var folder = new TemporaryFolder();
        Peer.Run($"""
            var = pd.DataFrame(dict(feature_name=pd.Categorical(['TP53', 'LYZ'])), index=['ENSG00000141510', 'ENSG00000090382'])
            anndata.AnnData(np.ones((1, 2), dtype='float32'), var=var).write_h5ad('{folder.File("a.h5ad")}')
            """);

        var cells = AnnDataReader.Read(folder.File("a.h5ad"));

        Assert.Equal(["TP53", "LYZ"], cells.VarNames);
        Assert.Equal("ENSG00000141510", cells.Var["gene_ids"].Text(0));
        Assert.Contains("named by var/feature_name", Assert.Single(cells.Notes));
    }

    [Fact]
    public void Unsorted_rows_with_duplicates_and_zeros_become_canonical()
    {
        using var folder = new TemporaryFolder();
        Peer.Run($"""
            import h5py
            anndata.AnnData(sp.csr_matrix(np.ones((2, 3)), dtype='float32')).write_h5ad('{folder.File("a.h5ad")}')
            with h5py.File('{folder.File("a.h5ad")}', 'a') as f:
                for name, values in dict(data=[1, 2, 4, 0, 7], indices=[2, 0, 2, 1, 1], indptr=[0, 3, 5]).items():
                    del f['X'][name]; f['X'][name] = np.array(values)
            """);

        var x = AnnDataReader.Read(folder.File("a.h5ad")).X;

        Assert.Equal([0, 2, 1], x.Indices);
        Assert.Equal([2, 5, 7], x.Values);
    }

    [Fact]
    public void The_old_encoding_of_categories_is_read()
    {
        var cells = AnnDataReader.Read(TestFolders.Real("pbmc-cite/pbmc_10k_protein_v3_200cells.h5ad"));

        Assert.Equal((200, 16727), (cells.CellCount, cells.GeneCount));
        Assert.Equal((200, 14), (cells.Obsm["protein_expression"].Rows, cells.Obsm["protein_expression"].Columns));
        Assert.Equal(14, Assert.IsType<CategoryColumn>(cells.Var["encode"]).Categories.Count);
        Assert.Equal(14, ((string[])cells.Uns["protein_names"]).Length);
        Assert.Equal(CountKind.Raw, Counts.Judge(cells.X).Kind);
        var expected = Peer.Run($"a = anndata.read_h5ad('{TestFolders.Real("pbmc-cite/pbmc_10k_protein_v3_200cells.h5ad")}'); print(a.X.sum(), ' '.join(a.var['encode'].astype(str)[:5]), a.obs_names[7])");
        Assert.Equal(expected.Trim(), FormattableString.Invariant($"{cells.X.RowSums().Sum():F1} {string.Join(' ', Enumerable.Range(0, 5).Select(cells.Var["encode"].Text))} {cells.ObsNames[7]}"));
    }

    [Fact]
    public void Scaled_X_and_log_normalised_raw_are_told_apart_and_counts_are_recovered_from_raw()
    {
        var path = TestFolders.Real("pbmc68k-reduced/10x_pbmc68k_reduced.h5ad");
        var scaled = AnnDataReader.Read(path);
        var raw = AnnDataReader.Read(path, new ReadOptions { UseRaw = true });

        Assert.Equal(CountKind.Scaled, Counts.Judge(scaled.X).Kind);
        Assert.Equal(CountKind.LogNormalised, Counts.Judge(raw.X).Kind);
        Assert.Equal(10, ((CategoryColumn)scaled.Obs["bulk_labels"]).Categories.Count);
        Assert.Equal((700, 50), (scaled.Obsm["X_pca"].Rows, scaled.Obsm["X_pca"].Columns));
        Assert.Contains(scaled.Notes, note => note.StartsWith("raw was left out"));
        var counts = AnnDataReader.Read(TestFolders.Real("pbmc68k-reduced/counts.npz")).X;
        var recovered = CountRecovery.Recover(raw).X;
        Assert.Equal(counts.Indices, recovered.Indices);
        var exact = Enumerable.Range(0, 700).Count(row => counts.RowValues(row).SequenceEqual(recovered.RowValues(row)));
        Assert.Equal(Enumerable.Range(0, 700).Count(row => counts.RowValues(row).Contains(1f)), exact);
    }

    [Fact]
    public void Sparse_and_dense_files_hold_the_same_counts_and_gene_name_names_the_genes()
    {
        var sparse = AnnDataReader.Read(TestFolders.Fixture("embedding_inputs/counts_csr.h5ad"));
        var dense = AnnDataReader.Read(TestFolders.Fixture("embedding_inputs/counts_subset_dense_gene_name.h5ad"), new ReadOptions { GeneNames = "gene_name" });
        var csv = AnnDataReader.Read(TestFolders.Fixture("embedding_inputs/counts_full.csv"));

        Assert.Equal(csv.X.ToDense().Values, sparse.X.ToDense().Values);
        Assert.Equal(["CategoryColumn"], sparse.Obs.Columns.Select(column => column.GetType().Name));
        var (mapped, report) = GeneMapping.Map(dense, new GeneVocabulary(csv.VarNames));
        Assert.True(report.Matched >= 40, report.ToString());
        for (var gene = 0; gene < csv.GeneCount; gene++)
        {
            Assert.All(Enumerable.Range(0, 6), cell => Assert.Equal(dense.VarNames.Contains(csv.VarNames[gene]) ? csv.X.ToDense()[cell, gene] : 0, mapped.X.ToDense()[cell, gene]));
        }
    }

    [Fact]
    public void What_is_no_HDF5_file_is_named()
    {
        using var folder = new TemporaryFolder();

        Assert.Contains("is no HDF5 file", Assert.Throws<Hdf5Exception>(() => AnnDataReader.Read(folder.Write("cells.h5ad", "hello there"))).Message);
    }

    [Fact]
    public void A_truncated_file_is_named_in_the_error()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Copy(TestFolders.Fixture("embedding_inputs/counts_csr.h5ad"), bytes: 9000);

        Assert.Contains($"'{path}' is a damaged or truncated HDF5 file", Assert.Throws<Hdf5Exception>(() => AnnDataReader.Read(path)).Message);
    }

    [Fact]
    public void A_broken_part_is_named_with_its_place()
    {
        (string Damage, string Expected)[] cases =
        [
            ("del f['X']", "has no 'X'"),
            ("del f['X/indices']", "/X has no 'indices'"),
            ("f['X'].attrs['encoding-type'] = 'spiral'", "/X has the encoding 'spiral'; expected csr_matrix"),
            ("f['X/indices'][0] = 99", "A value stands in column 99; expected 0 to 2"),
            ("f['X/indptr'][1] = 9", "The offsets fall"),
            ("f['X/data'][0] = np.nan", "holds NaN for the cell '0' and the gene '0'"),
            ("del f['X/data']; f['X/data'] = 'text'", "/X/data cannot be read as numbers"),
            ("f['X'].attrs['shape'] = [5, 3]", "A sparse matrix of 5 x 3"),
            ("del f['obs']; f['obs'] = np.zeros(2, dtype=[('n', 'i4')])", "/obs is a compound array"),
            ("del f['var/_index']; f['var/_index'] = ['g']", "There are 1 gene names; expected 3"),
        ];
        using var folder = new TemporaryFolder();
        Peer.Run("import h5py\n" + string.Concat(cases.Select((one, i) =>
            $"anndata.AnnData(sp.csr_matrix(np.ones((2, 3))), dtype='float32').write_h5ad('{folder.File($"{i}.h5ad")}')\nwith h5py.File('{folder.File($"{i}.h5ad")}', 'a') as f:\n    {one.Damage}\n")));

        for (var i = 0; i < cases.Length; i++)
        {
            var error = Record.Exception(() => AnnDataReader.Read(folder.File($"{i}.h5ad")));
            Assert.True(error is InvalidDataException or Hdf5Exception, $"{cases[i].Damage}: {error}");
            Assert.Contains(folder.File($"{i}.h5ad"), error.Message);
            Assert.Contains(cases[i].Expected, error.Message);
        }
    }

    [Fact]
    public void Raw_that_is_not_there_is_an_error() =>
        Assert.Contains("has no raw", Assert.Throws<InvalidDataException>(
            () => AnnDataReader.Read(TestFolders.Fixture("embedding_inputs/counts_csr.h5ad"), new ReadOptions { UseRaw = true })).Message);
}
