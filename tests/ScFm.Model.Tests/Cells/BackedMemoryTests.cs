using ScFm.Model.Cells.Backed;
using ScFm.Model.Files.Hdf5;

namespace ScFm.Model.Tests.Cells;

/// <summary>Measures the memory of the whole process, so nothing else may run beside it.</summary>
[CollectionDefinition(nameof(BackedMemoryTests), DisableParallelization = true)]
[Collection(nameof(BackedMemoryTests))]
public sealed class BackedMemoryTests
{
    [Theory]
    [InlineData("sp.csr_matrix(x)", "None")]
    [InlineData("sp.csr_matrix(x)", "'gzip'")]
    [InlineData("sp.csc_matrix(x)", "None")]
    [InlineData("x.toarray()", "'lzf'")]
    public void Blocks_of_a_large_file_are_read_in_little_memory(string layout, string compression)
    {
        // 160 million bytes of dense values or 96 of sparse ones; held may be a block and the chunks unpacked last.
        using var folder = new TemporaryFolder();
        Peer.Run($"""
            import h5py
            r = np.random.RandomState(0); x = sp.random(20000, 2000, 0.3, format='csr', dtype='f4', random_state=r)
            anndata.AnnData({layout}, dtype='f4').write_h5ad('{folder.File("a.h5ad")}', compression={compression})
            """);
        using var file = Hdf5Reader.Open(folder.File("a.h5ad"));
        var node = file.Root.Open("X");
        StoredMatrix matrix = layout.Contains("csc") ? new StoredCsc("here", 20000, 2000, node, budget: 16 << 20) : node.IsGroup ? new StoredCsr("here", 20000, 2000, node) : StoredDense.Open(node);
        var (peak, sum) = (0L, 0.0);
        GC.Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        for (var first = 0; first < 20000; first += 500)
        {
            sum += matrix.Read([.. Enumerable.Range(first, 500)], default).RowSums().Sum();
            peak = first % 4000 > 0 ? peak : Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true) - before);
        }

        (matrix as IDisposable)?.Dispose();
        Assert.InRange(sum, 5_900_000, 6_100_000);
        Assert.InRange(peak, 0, 48 << 20);
    }
}
