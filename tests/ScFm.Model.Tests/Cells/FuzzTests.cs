using System.Buffers.Binary;
using ScFm.Model.Cells;
using ScFm.Model.Files.Hdf5;

namespace ScFm.Model.Tests.Cells;

public sealed class FuzzTests
{
    private const int Files = 1000;
    private const long MostBytes = 400L << 20;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>What is damaged: small, so that most of it is structure; of all kinds of files, old and new.</summary>
    private const string Make = """
        import h5py
        r = np.random.RandomState(0); x = sp.random(30, 20, 0.3, format='csr', random_state=r); x.data = np.ceil(x.data * 5).astype('f4')
        obs = pd.DataFrame(dict(n=range(30), kind=pd.Categorical(list('abc') * 10), note=['t%d' % i for i in range(30)]), index=['c%d' % i for i in range(30)])
        obs['gaps'] = pd.array([1, None, 3] * 10, dtype='Int64')
        a = anndata.AnnData(x.astype('f4'), obs=obs, var=pd.DataFrame(dict(s=['s%d' % i for i in range(20)]), index=['g%d' % i for i in range(20)]))
        a.obsm['X_pca'] = r.rand(30, 3); a.layers['csc'] = x.tocsc(); a.layers['dense'] = x.toarray(); a.uns = dict(t='x', d=dict(k=1))
        a.write_h5ad(FOLDER + '/0.h5ad', compression='gzip')
        def copy(source, target):
            for key, value in source.attrs.items(): target.attrs[key] = value
            for key in source:
                if isinstance(source[key], h5py.Group): copy(source[key], target.create_group(key))
                else:
                    d = source[key]; options = {} if d.shape == () else dict(chunks=tuple(max(1, s // 3) for s in d.shape), maxshape=(None,) * len(d.shape) if len(d.shape) == 1 else None)
                    n = target.create_dataset(key, data=d[()], dtype=d.dtype, **options)
                    for k, v in d.attrs.items(): n.attrs[k] = v
        with h5py.File(FOLDER + '/0.h5ad') as f, h5py.File(FOLDER + '/1.h5ad', 'w', libver='latest') as g: copy(f, g)
        with h5py.File(FOLDER + '/2.h5', 'w') as f:
            g = f.create_group('matrix'); g['shape'] = np.array([20, 30], 'i4')
            g.create_dataset('data', data=x.data.astype('i4'), chunks=(64,), compression='gzip'); g['indices'] = x.indices.astype('i8'); g['indptr'] = x.indptr.astype('i8')
            g['barcodes'] = np.array(['B%d' % i for i in range(30)], 'S18'); q = g.create_group('features')
            q['id'] = np.array(['E%d' % i for i in range(20)], 'S16'); q['name'] = np.array(['G%d' % i for i in range(20)], 'S16')
            q['feature_type'] = np.array(['Gene Expression'] * 19 + ['Antibody Capture'], 'S16'); q['genome'] = np.array(['h'] * 20, 'S8')
        with h5py.File(FOLDER + '/3.loom', 'w') as f:
            f.create_dataset('matrix', data=x.toarray().T, chunks=(7, 30), compression='gzip', maxshape=(20, None))
            f.create_dataset('row_attrs/Gene', data=np.array(['G%d' % i for i in range(20)], dtype=object))
            f.create_dataset('col_attrs/CellID', data=np.array(['B%d' % i for i in range(30)], dtype=object), compression='lzf')
            f.create_dataset('col_attrs/n', data=np.arange(30)); f.create_dataset('layers/l', data=x.toarray().T * 2)
        """;

    [Fact]
    public async Task A_thousand_damaged_files_are_read_or_refused_by_name_and_nothing_else_happens()
    {
        using var folder = new TemporaryFolder();
        Peer.Run($"FOLDER = '{folder.Path}'\n{Make}");
        var sources = Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal).Select(path => (Path.GetExtension(path), Bytes: File.ReadAllBytes(path))).ToArray();
        Assert.Equal(4, sources.Length);
        foreach (var path in Directory.GetFiles(folder.Path))
        {
            Assert.Equal((30, path.EndsWith(".h5", StringComparison.Ordinal) ? 19 : 20), (AnnDataReader.Read(path).CellCount, AnnDataReader.Read(path).GeneCount));
        }
        var (refused, read) = (0, 0);

        for (var seed = 0; seed < Files; seed++)
        {
            var (ending, bytes) = sources[seed % sources.Length];
            var path = folder.File($"damaged-{seed}{ending}");
            File.WriteAllBytes(path, Damage(bytes, seed));
            var before = GC.GetTotalAllocatedBytes();
            var error = await Task.Run(() => Record.Exception(() => Check(AnnDataReader.Read(path)))).WaitAsync(Longest, TestContext.Current.CancellationToken);
            Assert.True(GC.GetTotalAllocatedBytes() - before < MostBytes, $"Seed {seed} took {GC.GetTotalAllocatedBytes() - before} bytes.");
            Assert.True(error is null or InvalidDataException or Hdf5Exception, $"Seed {seed}: {error}");
            Assert.True(error is null || error.Message.Contains(path, StringComparison.Ordinal), $"Seed {seed} is not named: {error?.Message}");
            _ = error is null ? read++ : refused++;
            File.Delete(path);
        }

        // Both happen: damage to structure is found, and damage to a number that could as well be right is not.
        Assert.InRange(refused, 500, Files);
        Assert.InRange(read, 50, Files);
    }

    private static void Check(AnnData cells)
    {
        Assert.Equal(cells.CellCount, cells.Obs.RowCount);
        Assert.All(cells.X.Values, value => Assert.True(float.IsFinite(value)));
        Assert.All(cells.X.Indices, index => Assert.InRange(index, 0, cells.GeneCount - 1));
        Assert.All(cells.Layers.Values, layer => Assert.Equal((cells.CellCount, cells.GeneCount), (layer.Rows, layer.Columns)));
    }

    /// <summary>Flips bits, cuts the file, exchanges or copies two addresses, writes a huge number, or writes noise over a stretch.</summary>
    private static byte[] Damage(byte[] whole, int seed)
    {
        var random = new Random(seed);
        byte[] bytes = [.. whole];
        switch (seed / 4 % 5)
        {
            case 0:
                for (var i = 1 << random.Next(5); i > 0; i--)
                {
                    bytes[random.Next(8, bytes.Length)] ^= (byte)(1 << random.Next(8));
                }
                return bytes;
            case 1:
                return bytes[..random.Next(bytes.Length)];
            case 2:
                var (from, to) = (Word(), Word());
                var word = bytes[from..(from + 8)];
                if (random.Next(2) == 0)
                {
                    bytes.AsSpan(to, 8).CopyTo(bytes.AsSpan(from));
                }
                word.CopyTo(bytes, to);
                return bytes;
            case 3:
                ulong[] huge = [ulong.MaxValue, long.MaxValue, int.MaxValue, uint.MaxValue, 1UL << 40, 1UL << 33, (ulong)bytes.Length, 0];
                for (var i = random.Next(1, 4); i > 0; i--)
                {
                    BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(Word()), huge[random.Next(huge.Length)]);
                }
                return bytes;
            default:
                var at = random.Next(8, bytes.Length - 64);
                random.NextBytes(bytes.AsSpan(at, random.Next(1, 64)));
                return bytes;
        }

        // A word that is not zero, since most of the file's structure is made of such.
        int Word()
        {
            for (var i = 0; ; i++)
            {
                var at = random.Next(1, whole.Length / 8) * 8;
                if (i > 50 || whole.AsSpan(at, 8).IndexOfAnyExcept((byte)0) >= 0)
                {
                    return at;
                }
            }
        }
    }
}
