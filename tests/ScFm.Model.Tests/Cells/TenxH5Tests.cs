using ScFm.Model.Cells;
using ScFm.Model.Cells.Backed;

namespace ScFm.Model.Tests.Cells;

public sealed class TenxH5Tests
{
    // Five cells and four features, as Cell Ranger lays them out: compressed columns of genes by cells, text of fixed length.
    private const string Make = """
        import h5py
        x = sp.csc_matrix(np.array([[0, 2, 0, 1, 9], [3, 0, 0, 0, 0], [0, 0, 5, 4, 0], [7, 7, 7, 7, 7]]))
        def matrix(g):
            g.create_dataset('data', data=x.data.astype('i4'), compression='gzip', chunks=(4,)); g['indices'] = x.indices.astype('i8'); g['indptr'] = x.indptr.astype('i8')
            g['shape'] = np.array(x.shape, dtype='i4'); g['barcodes'] = np.array(['AAAC%d-1' % i for i in range(5)], 'S18')
        def v3(g, kinds):
            matrix(g); q = g.create_group('features')
            q['id'] = np.array(['ENSG%d' % i for i in range(4)], 'S15'); q['name'] = np.array(['LYZ', 'CD3E', 'NKG7', 'CD4'], 'S5')
            q['feature_type'] = np.array(kinds, 'S24'); q['genome'] = np.array(['GRCh38'] * 4, 'S6'); q['_all_tag_keys'] = np.array([b'genome'])
        def v2(g):
            matrix(g); g['genes'] = np.array(['ENSG%d' % i for i in range(4)], 'S15'); g['gene_names'] = np.array(['LYZ', 'CD3E', 'NKG7', 'CD4'], 'S5')
        """;

    [Theory]
    [InlineData("v3(f.create_group('matrix'), ['Gene Expression'] * 4)")]
    [InlineData("v2(f.create_group('GRCh38'))")]
    public void Both_versions_give_cells_by_genes(string make)
    {
        using var folder = new TemporaryFolder();
        Peer.Run($"{Make}\nwith h5py.File('{folder.File("a.h5")}', 'w') as f: {make}");

        var cells = AnnDataReader.Read(folder.File("a.h5"));

        Assert.Equal([0, 3, 0, 7, 2, 0, 0, 7, 0, 0, 5, 7, 1, 0, 4, 7, 9, 0, 0, 7], cells.X.ToDense().Values);
        Assert.Equal(["LYZ", "CD3E", "NKG7", "CD4"], cells.VarNames);
        Assert.Equal("ENSG2", cells.Var["gene_ids"].Text(2));
        Assert.Equal("AAAC4-1", cells.ObsNames[4]);
        using var backed = BackedCells.Open(folder.File("a.h5"));
        Assert.Equal([9, 7, 3, 7], backed.Read([4, 0]).Values);
    }

    [Fact]
    public void Features_that_are_not_genes_are_left_out_and_counted()
    {
        using var folder = new TemporaryFolder();
        Peer.Run($"{Make}\nwith h5py.File('{folder.File("a.h5")}', 'w') as f: v3(f.create_group('matrix'), ['Gene Expression', 'Gene Expression', 'Antibody Capture', 'Gene Expression'])");
        using var backed = BackedCells.Open(folder.File("a.h5"));

        Assert.Equal(["LYZ", "CD3E", "CD4"], backed.VarNames);
        Assert.Contains("1 Antibody Capture", Assert.Single(backed.Notes));
        Assert.Equal([1, 0, 7], backed.Read([3]).ToDense().Values);
        Assert.Equal(backed.Load().X.Values, AnnDataReader.Read(folder.File("a.h5")).X.Values);
    }

    [Fact]
    public void Several_genomes_and_broken_parts_are_named()
    {
        (string Make, string Expected)[] cases =
        [
            ("v2(f.create_group('hg19')); v2(f.create_group('mm10'))", "holds the genomes hg19, mm10; expected one"),
            ("v2(f.create_group('m')); del f['m/indptr']", "/m has no 'indptr'"),
            ("v2(f.create_group('m')); f['m/indices'][0] = -1", "A value stands in column -1; expected 0 to 3"),
            ("v2(f.create_group('m')); f['m/indptr'][0] = -1", "The offsets go from -1 to 11; expected them to go from 0 to the number of values, 11"),
            ("v2(f.create_group('m')); f['m/shape'][0] = 7", "There are 4 gene names; expected 7"),
            ("v2(f.create_group('m')); f['m/shape'][1] = 7", "A sparse matrix of 7 x 4"),
            ("v2(f.create_group('m')); del f['m/gene_names']; f['m/gene_names'] = np.array([b'a'])", "has 1 gene names; expected 4"),
        ];
        using var folder = new TemporaryFolder();
        Peer.Run($"{Make}\n" + string.Concat(cases.Select((one, i) => $"with h5py.File('{folder.File($"{i}.h5")}', 'w') as f: {one.Make}\n")));

        for (var i = 0; i < cases.Length; i++)
        {
            var error = Assert.ThrowsAny<Exception>(() => AnnDataReader.Read(folder.File($"{i}.h5")));
            Assert.True(error is InvalidDataException or Model.Files.Hdf5.Hdf5Exception, error.ToString());
            Assert.Contains(folder.File($"{i}.h5"), error.Message);
            Assert.Contains(cases[i].Expected, error.Message);
        }
    }
}
