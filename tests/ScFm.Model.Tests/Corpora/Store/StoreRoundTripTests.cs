using ScFm.Model.Cells;
using ScFm.Model.Corpora.Store;
using ScFm.Model.Tables;

namespace ScFm.Model.Tests.Corpora.Store;

public sealed class StoreRoundTripTests
{
    private static readonly int[] AllOf1000 = [.. Enumerable.Range(0, 1000)];

    [Fact]
    public void Kept_in_order_a_store_gives_what_it_was_given()
    {
        using var folder = new TemporaryFolder();
        var cells = new StreamedCells(1000, 700, 30);
        using var store = CorpusStore.Build(cells, folder.File("c.corpus"), new StoreOptions { Shuffle = false, CellsPerShard = 64 });
        Assert.Equal(("c", 1000, 700, null, "streamed"), (store.Name, store.CellCount, store.GeneCount, store.Seed, store.Source));
        Assert.Equal(cells.VarNames, store.VarNames);
        Assert.Equal(cells.ObsNames, store.ObsNames);
        cells.AssertSame(store, AllOf1000);
        Assert.Equal(cells.Read(AllOf1000).NonZeros, store.ValueCount);
        Assert.Equal([folder.File("c.corpus")], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Shuffled_every_cell_is_there_once_with_its_own_name_obs_and_values()
    {
        using var folder = new TemporaryFolder();
        var cells = new StreamedCells(1000, 700, 30);
        using var store = CorpusStore.Build(cells, folder.File("c.corpus"), new StoreOptions { Seed = 5, CellsPerShard = 64, Memory = 1 });
        Assert.NotEqual(cells.ObsNames, store.ObsNames);
        Assert.Equal(cells.ObsNames.Order(), store.ObsNames.Order());
        Assert.Equal(store.ObsNames, ((IntegerColumn)store.Obs["number"]).Values.ToArray().Select(number => $"cell-{number}"));
        cells.AssertSame(store, AllOf1000);
        cells.AssertSame(store, 999, 3, 3, 0, 64, 63);
    }

    [Fact]
    public void The_same_cells_and_seed_give_the_same_bytes_and_another_seed_another_order()
    {
        using var folder = new TemporaryFolder();
        var cells = new StreamedCells(300, 70, 7);
        string[] Bytes(string name, int seed, int memory)
        {
            using var store = CorpusStore.Build(cells, folder.File(name), new StoreOptions { Seed = seed, CellsPerShard = 50, Memory = memory });
            return [.. Directory.GetFiles(store.Folder).Order().Select(file => Convert.ToHexString(File.ReadAllBytes(file)))];
        }
        Assert.Equal(Bytes("one", 1, 1), Bytes("again", 1, 64));
        Assert.NotEqual(Bytes("one", 1, 1), Bytes("two", 2, 1));
    }

    [Fact]
    public void Every_order_of_three_cells_comes_about_equally_often()
    {
        using var folder = new TemporaryFolder();
        var cells = new StreamedCells(3, 10, 2);
        var orders = new Dictionary<string, int>();
        const int Draws = 120;
        for (var seed = 0; seed < Draws; seed++)
        {
            // two cells a shard: a shuffle within shards, or of shards, could not give every order
            using var store = CorpusStore.Build(cells, folder.File("c.corpus"), new StoreOptions { Seed = seed, CellsPerShard = 2 });
            var order = string.Join(' ', store.ObsNames);
            orders[order] = orders.GetValueOrDefault(order) + 1;
        }
        Assert.Equal(6, orders.Count);
        var chiSquared = orders.Values.Sum(count => Math.Pow(count - Draws / 6.0, 2) / (Draws / 6.0));
        Assert.InRange(chiSquared, 0, 20.5); // 5 degrees of freedom, P = 0.001
    }

    [Fact]
    public void Columns_of_every_type_come_back_exactly()
    {
        using var folder = new TemporaryFolder();
        string[] many = [.. Enumerable.Range(0, 300).Select(i => $"label {i}")];
        string[] verySoMany = [.. Enumerable.Range(0, 40_000).Select(i => $"l{i}")];
        var obs = new Table(
            new CategoryColumn("type", [0, -1, 2], ["B cell", "µ-like \"quoted\"", ""], ordered: true),
            new CategoryColumn("sample", [299, 0, -1], many),
            new CategoryColumn("clone", [39_999, -1, 0], verySoMany),
            new IntegerColumn("count", [long.MinValue, 0, long.MaxValue]),
            new NumberColumn("score", [double.NaN, -0.0, 1e-320], "F3"),
            new BooleanColumn("doublet", [true, false, true]),
            new TextColumn("note", [null, "", "a\nb 細胞 🧬"]));
        var cells = new AnnData(CsrMatrix.FromDense(new DenseMatrix(3, 2) { [0, 0] = 1 }), ["a", "b", "c"], ["g", "g"], obs);
        using var store = CorpusStore.Build(cells, folder.File("c.corpus"), new StoreOptions { Shuffle = false });
        Assert.Equal(obs.Columns.Select(column => column.Name), store.ColumnNames);
        foreach (var (expected, found) in obs.Columns.Zip(store.Obs.Columns))
        {
            Assert.Equal((expected.GetType(), expected.Name), (found.GetType(), found.Name));
            Assert.Equal(Enumerable.Range(0, 3).Select(row => expected[row]), Enumerable.Range(0, 3).Select(row => found[row]));
        }
        Assert.Equal(((CategoryColumn)obs["type"]).Categories, ((CategoryColumn)store.Obs["type"]).Categories);
        Assert.Equal(many, ((CategoryColumn)store.ReadColumn("sample")).Categories);
        Assert.True(((CategoryColumn)store.Obs["type"]).Ordered);
        Assert.False(((CategoryColumn)store.Obs["sample"]).Ordered);
        Assert.Equal("F3", ((NumberColumn)store.Obs["score"]).Format);
        Assert.Equal(BitConverter.DoubleToInt64Bits(-0.0), BitConverter.DoubleToInt64Bits(((NumberColumn)store.Obs["score"]).Values[1]));
        Assert.Equal("Corpus 'c' has no column 'age'; it has type, sample, clone, count, score, doublet, note.", Assert.Throws<KeyNotFoundException>(() => store.ReadColumn("age")).Message);
    }

    [Fact]
    public void Gathering_writes_into_the_callers_memory_in_either_type_and_allocates_nothing()
    {
        using var folder = new TemporaryFolder();
        var cells = new StreamedCells(500, 3000, 100);
        using var store = CorpusStore.Build(cells, folder.File("c.corpus"), new StoreOptions { CellsPerShard = 100 });
        int[] batch = [499, 0, 7, 7, 250];
        var offsets = new long[6];
        var count = (int)store.Measure(batch, offsets);
        var (narrow, wide, values, again) = (new int[count + 3], new long[count + 3], new float[count + 3], new float[count + 3]);
        Assert.Equal(count, store.Gather(batch, narrow, values));
        Assert.Equal(count, store.Gather(batch, wide, again));
        var expected = store.Read(batch);
        Assert.Equal(expected.Offsets, offsets);
        Assert.Equal([.. expected.Indices, 0, 0, 0], narrow);
        Assert.Equal([.. expected.Values, 0, 0, 0], values);
        Assert.Equal(narrow.Select(gene => (long)gene), wide);
        Assert.Equal(values, again);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            store.Measure(batch, offsets);
            store.Gather(batch, wide, values);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Several_threads_read_at_once_and_all_get_the_right_cells()
    {
        using var folder = new TemporaryFolder();
        var cells = new StreamedCells(2000, 3000, 100);
        using var store = CorpusStore.Build(cells, folder.File("c.corpus"), new StoreOptions { CellsPerShard = 20 });
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 4 }, seed =>
        {
            var random = new Random(seed);
            for (var batch = 0; batch < 20; batch++)
            {
                cells.AssertSame(store, [.. Enumerable.Range(0, 64).Select(_ => random.Next(store.CellCount))]);
            }
        });
    }

    [Fact]
    public void More_than_65536_genes_take_wider_indices()
    {
        using var folder = new TemporaryFolder();
        foreach (var (genes, bytes) in new[] { (65_536, 3), (65_537, 5) })
        {
            var cells = new StreamedCells(1, genes, 1000);
            var last = new AnnData(new CsrMatrix(1, genes, [0, 2], [0, genes - 1], [1, 2]), ["a"], cells.VarNames);
            using var store = CorpusStore.Build(last, folder.File($"{genes}.corpus"));
            Assert.Equal([0, genes - 1], store.Read([0]).Indices);
            var wide = new long[2];
            store.Gather([0], wide, new float[2]);
            Assert.Equal([0, genes - 1], wide);
            Assert.Equal(9 + 4 + 2 * bytes, store.ByteCount); // the index, the checksum, two values
        }
    }

    [Fact]
    public void What_cannot_be_asked_for_is_named()
    {
        using var folder = new TemporaryFolder();
        using var store = CorpusStore.Build(new StreamedCells(5, 10, 2), folder.File("c.corpus"));
        Assert.Contains("no cell 5 in corpus 'c'; expected 0 to 4", Assert.Throws<ArgumentOutOfRangeException>(() => store.Read([0, 5])).Message);
        Assert.Contains("no cell -1", Assert.Throws<ArgumentOutOfRangeException>(() => store.ValuesOf(-1)).Message);
        Assert.Equal("There is room for 1 values; expected at least 2.", Assert.Throws<ArgumentException>(() => store.Gather([0], new int[1], new float[4])).Message);
        Assert.Equal("There are 1 offsets for 1 cells; expected 2.", Assert.Throws<ArgumentException>(() => store.Measure([0], new long[1])).Message);
        Assert.Contains($"There is no corpus '{folder.File("d.corpus")}'", Assert.Throws<FileNotFoundException>(() => CorpusStore.Open(folder.File("d.corpus"))).Message);
        Assert.True(CorpusStore.IsStore(folder.File("c.corpus")));
        Assert.False(CorpusStore.IsStore(folder.Path));
        using (var closed = CorpusStore.Open(store.Folder))
        {
            closed.Dispose();
            Assert.Throws<ObjectDisposedException>(() => closed.Read([0]));
        }
    }
}
