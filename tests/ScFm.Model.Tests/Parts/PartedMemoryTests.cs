using System.Runtime.CompilerServices;
using ScFm.Model.Cells;
using ScFm.Model.Cells.Backed;
using ScFm.Model.Parts;
using ScFm.Model.Tables;
using ScFm.Model.Tests.Cells;

namespace ScFm.Model.Tests.Parts;

/// <summary>Measures the memory of the whole process, so nothing else may run beside it.</summary>
[Collection(nameof(BackedMemoryTests))]
public sealed class PartedMemoryTests
{
    [Fact]
    public void A_file_larger_than_the_memory_that_is_held_goes_through_in_parts()
    {
        // 96 million bytes of values, and 80 of rows; held may be a part of both, and the chunks unpacked last.
        using var folder = new TemporaryFolder();
        Peer.Run($"r = np.random.RandomState(0); x = sp.random(20000, 2000, 0.3, format='csr', dtype='f4', random_state=r); anndata.AnnData(x, dtype='f4').write_h5ad('{folder.File("a.h5ad")}')");
        var peak = Peak(folder.File("a.h5ad"), folder.File("b.h5ad"));

        Assert.InRange(peak, 0, 48 << 20);
        using var read = BackedCells.Open(folder.File("b.h5ad"));
        Assert.Equal(20000, read.CellCount);
        Assert.InRange(new FileInfo(folder.File("b.h5ad")).Length, 170_000_000, 190_000_000);
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // so that what it held is out of reach afterwards
    private static long Peak(string source, string output)
    {
        using var cells = BackedCells.Open(source);
        GC.Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var peak = 0L;
        var task = new CountedRows().Task() with
        {
            Width = 1000,
            Rows = (block, _, _, _) => new DenseMatrix(block.CellCount, 1000, [.. Enumerable.Repeat(0.5f, block.CellCount * 1000)]),
        };
        PartedRun.Run(task, new Watched(cells, () => peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true) - before)), output, new PartsOptions { PartSize = 500 });
        return peak;
    }

    /// <summary>Cells that look at the memory every few times they are read.</summary>
    private sealed class Watched(ICellSource cells, Action look) : ICellSource
    {
        private int reads;

        public string Name => cells.Name;

        public string Identity => cells.Identity;

        public int CellCount => cells.CellCount;

        public string[] ObsNames => cells.ObsNames;

        public string[] VarNames => cells.VarNames;

        public Table Obs => cells.Obs;

        public CsrMatrix Read(ReadOnlySpan<int> chosen, CancellationToken cancellation = default)
        {
            var values = cells.Read(chosen, cancellation);
            if (reads++ % 8 == 7)
            {
                look();
            }
            return values;
        }
    }
}
