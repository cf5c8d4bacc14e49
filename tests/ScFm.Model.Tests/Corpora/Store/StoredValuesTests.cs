using ScFm.Model.Cells;
using ScFm.Model.Corpora.Store;

namespace ScFm.Model.Tests.Corpora.Store;

public sealed class StoredValuesTests
{
    [Theory]
    [InlineData(StoredValues.UInt8, 0f, 1f, 255f)]
    [InlineData(StoredValues.UInt16, 1f, 256f, 65_535f)]
    [InlineData(StoredValues.UInt32, 1f, 65_536f, 16_777_216f)]
    [InlineData(StoredValues.UInt32, 1f, 4_294_967_040f)]
    [InlineData(StoredValues.Float16, 0.5f, 1f, 1023.5f)]
    [InlineData(StoredValues.Float16, -1f, 65_504f)]
    [InlineData(StoredValues.Float16, -0f, 2f)]
    [InlineData(StoredValues.Float16, 1f, float.PositiveInfinity, float.NegativeInfinity)]
    [InlineData(StoredValues.Float32, 0.1f, 1f)]
    [InlineData(StoredValues.Float32, 1f, 0.5f, 65_536f)]
    [InlineData(StoredValues.Float32, -70_000f)]
    [InlineData(StoredValues.Float32, 1e30f)]
    public void A_cell_takes_the_smallest_type_that_changes_none_of_its_values(StoredValues expected, params float[] values)
    {
        foreach (var rotation in Enumerable.Range(0, values.Length)) // wherever the value stands that decides
        {
            float[] rotated = [.. values[rotation..], .. values[..rotation]];
            Assert.Equal(expected, ValueNarrowing.Smallest(rotated));
            Assert.Equal(rotated, Stored(rotated));
        }
    }

    [Fact]
    public void Not_a_number_and_negative_zero_keep_their_bits()
    {
        float[] values = [float.NaN, BitConverter.UInt32BitsToSingle(0x7FC12345), -0f, 3.1f];
        Assert.Equal(Array.ConvertAll(values, BitConverter.SingleToUInt32Bits), Array.ConvertAll(Stored(values), BitConverter.SingleToUInt32Bits));
    }

    [Fact]
    public void The_last_value_of_the_last_cell_decides_as_much_as_the_first()
    {
        var (genes, cells) = (40, 600);
        var values = new float[genes * cells];
        Array.Fill(values, 3);
        values[^1] = 0.1f;
        using var folder = new TemporaryFolder();
        using var store = CorpusStore.Build(Full(cells, genes, values), folder.File("c.corpus"), new StoreOptions { CellsPerShard = 100 });
        Assert.Equal(new Dictionary<StoredValues, int> { [StoredValues.UInt8] = 599, [StoredValues.Float32] = 1 }, store.Types);
        Assert.Equal(values.Order(), store.Read([.. Enumerable.Range(0, cells)]).Values.Order());
    }

    [Theory]
    [InlineData(StoredValues.UInt8, 256f, "256")]
    [InlineData(StoredValues.UInt16, 0.5f, "0.5")]
    [InlineData(StoredValues.UInt32, -1f, "-1")]
    [InlineData(StoredValues.Float16, 2049f, "2049")]
    public void A_type_that_would_change_a_value_is_refused_with_the_first_such_value(StoredValues type, float value, string text)
    {
        using var folder = new TemporaryFolder();
        var cells = Full(3, 4, [1, 1, 1, 1, 1, 1, value, value, 1, 1, 1, 1]);
        var error = Assert.Throws<InvalidDataException>(() => CorpusStore.Build(cells, folder.File("c.corpus"), new StoreOptions { Values = type }));
        Assert.Equal($"Gene 'g2' of cell 'c1' has the value {text}, which {type} does not hold; expected values that it holds, or another type.", error.Message);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_type_that_holds_all_values_is_used_for_all_cells()
    {
        using var folder = new TemporaryFolder();
        foreach (var type in Enum.GetValues<StoredValues>().Except([StoredValues.Smallest]))
        {
            using var store = CorpusStore.Build(Full(2, 3, [1, 2, 3, 4, 5, 6]), folder.File($"{type}.corpus"), new StoreOptions { Values = type, Shuffle = false });
            Assert.Equal(type, Assert.Single(store.Types).Key);
            Assert.Equal([1, 2, 3, 4, 5, 6], store.Read([0, 1]).Values);
        }
    }

    [Fact]
    public void Any_number_of_values_is_widened_whatever_remains_beside_whole_vectors()
    {
        var random = new Random(3);
        for (var count = 0; count < 100; count++)
        {
            var layout = new RecordLayout(60_000);
            int[] genes = [.. Enumerable.Range(0, 60_000).OrderBy(_ => random.Next()).Take(count).Order()];
            foreach (var (type, most) in new[] { (StoredValues.UInt8, 256), (StoredValues.UInt16, 65_536), (StoredValues.UInt32, int.MaxValue), (StoredValues.Float16, 2048), (StoredValues.Float32, int.MaxValue) })
            {
                float[] values = [.. Enumerable.Range(0, count).Select(_ => (float)random.Next(most))];
                var record = new byte[layout.Bytes(count, type)];
                layout.Encode(7, genes, values, type, record);
                var (narrow, wide, found) = (new int[count], new long[count], new float[count]);
                Assert.True(layout.TryDecode(7, record, type, narrow.AsSpan(), found, out _));
                Assert.True(layout.TryDecode(7, record, type, wide.AsSpan(), found, out _));
                Assert.Equal(genes, narrow);
                Assert.Equal(genes.Select(gene => (long)gene), wide);
                Assert.Equal(values, found);
                Assert.False(layout.TryDecode(8, record, type, narrow.AsSpan(), found, out var fault));
                Assert.Contains("has the checksum", fault);
            }
        }
    }

    private static float[] Stored(float[] values)
    {
        using var folder = new TemporaryFolder();
        using var store = CorpusStore.Build(Full(1, values.Length, values), folder.File("c.corpus"));
        return store.Read([0]).Values;
    }

    /// <summary>Cells that have a value of every gene.</summary>
    private static AnnData Full(int cells, int genes, float[] values) => new(
        new CsrMatrix(cells, genes, [.. Enumerable.Range(0, cells + 1).Select(cell => (long)cell * genes)], [.. Enumerable.Range(0, cells * genes).Select(i => i % genes)], values),
        [.. Enumerable.Range(0, cells).Select(cell => $"c{cell}")], [.. Enumerable.Range(0, genes).Select(gene => $"g{gene}")]);
}
