using System.Runtime.CompilerServices;
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

    [Fact]
    public void Columns_larger_than_the_budget_are_neither_kept_when_all_are_read_nor_held_twice_when_some_are()
    {
        const int Cells = 6000, Values = 1_200_000;
        using var folder = new TemporaryFolder();
        Peer.Run($"r = np.random.RandomState(0); x = sp.random({Cells}, 1000, 0.2, format='csc', dtype='f4', random_state=r); anndata.AnnData(x, dtype='f4').write_h5ad('{folder.File("a.h5ad")}')");
        using var file = Hdf5Reader.Open(folder.File("a.h5ad"));
        using var matrix = new StoredCsc("here", Cells, 1000, file.Root.Open("X"), budget: 1 << 20);
        static long Held() => GC.GetTotalMemory(forceFullCollection: true) - ChunkCache.OfAllFiles.Held;
        var before = Held();

        var all = SumOfAll(matrix);

        Assert.InRange(Held() - before, long.MinValue, Values); // kept they would be 8 bytes each
        var (first, rest) = (matrix.Read([0], default), Enumerable.Range(1, Cells - 1).ToArray());
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var some = matrix.Read(rest, default);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 8 * Values + (3 << 20));
        Assert.Equal(all, first.RowSums().Sum() + some.RowSums().Sum(), 0.01);
    }

    [Fact]
    public void Many_open_files_keep_no_more_unpacked_chunks_than_few()
    {
        using var folder = new TemporaryFolder();
        Peer.Run($"r = np.random.RandomState(0); x = sp.random(1000, 2000, 0.5, format='csr', dtype='f4', random_state=r); anndata.AnnData(x, dtype='f4').write_h5ad('{folder.File("0.h5ad")}', compression='gzip')");
        var files = new List<BackedCells>();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        for (var i = 0; i < 12; i++) // 8 million bytes each, unpacked
        {
            File.Copy(folder.File("0.h5ad"), folder.File($"{i + 1}.h5ad"));
            files.Add(BackedCells.Open(folder.File($"{i + 1}.h5ad")));
            Assert.Equal(1_000_000, ValuesOf(files[i]));
        }

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, 0, 48 << 20);
        files.ForEach(file => file.Dispose());
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 4 << 20);
    }

    [Fact]
    public void Uns_is_read_when_cells_are_taken_into_memory_and_not_before()
    {
        using var folder = new TemporaryFolder();
        Peer.Run($"a = anndata.AnnData(sp.csr_matrix(np.eye(20)), dtype='f4'); a.uns['large'] = np.arange(1_000_000); a.uns['none'] = {{}}; a.write_h5ad('{folder.File("a.h5ad")}')");
        BackedCells.Open(folder.File("a.h5ad")).Dispose(); // what is made once a process is made now
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var cells = BackedCells.Open(folder.File("a.h5ad"));
        var values = cells.Read([3]).Values;

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Equal([1], values);
        Assert.Equal(999_999, ((long[])cells.Load([3]).Uns["large"])[^1]);
        Assert.Same(cells.Load([3]).Uns["large"], cells.Load().Uns["large"]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // so that the rows are out of reach afterwards
    private static int ValuesOf(BackedCells cells) => cells.Read([.. Enumerable.Range(0, cells.CellCount)]).Values.Length;

    [MethodImpl(MethodImplOptions.NoInlining)] // so that the rows are out of reach afterwards
    private static double SumOfAll(StoredMatrix matrix) => matrix.ReadAll(null, default).RowSums().Sum();
}
