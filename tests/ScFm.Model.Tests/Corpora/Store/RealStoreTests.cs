using ScFm.Model.Cells;
using ScFm.Model.Corpora.Store;

namespace ScFm.Model.Tests.Corpora.Store;

public sealed class RealStoreTests
{
    [Theory]
    [InlineData("pbmc3k", 3.1)]
    [InlineData("pbmc-cite/pbmc_10k_protein_v3_200cells.h5ad", 3.2)]
    [InlineData("pbmc68k-reduced/10x_pbmc68k_reduced.h5ad", 6.1)] // scaled values, which only float32 holds
    public void Real_cells_come_back_bit_for_bit_with_their_obs_in_few_bytes_a_value(string name, double mostBytes)
    {
        var cells = AnnDataReader.Read(TestFolders.Real(name));
        using var folder = new TemporaryFolder();
        using var store = CorpusStore.Build(cells, folder.File("real.corpus"), new StoreOptions { CellsPerShard = 64 });
        store.Verify();
        Assert.InRange((double)store.ByteCount / store.ValueCount, 3, mostBytes);

        var places = new Dictionary<string, int>(store.ObsNames.Select((cell, place) => KeyValuePair.Create(cell, place)));
        int[] order = [.. cells.ObsNames.Select(cell => places[cell])];
        var found = store.Read(order);
        Assert.Equal(cells.X.Offsets, found.Offsets);
        Assert.Equal(cells.X.Indices, found.Indices);
        Assert.Equal(Array.ConvertAll(cells.X.Values, BitConverter.SingleToUInt32Bits), Array.ConvertAll(found.Values, BitConverter.SingleToUInt32Bits));
        Assert.NotEmpty(cells.Obs.Columns);
        Assert.Equal(cells.Obs.ToCsv(), store.Obs.Select(order).ToCsv());
    }
}
