using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Corpora.Store;
using ScFm.Model.Devices;
using ScFm.Model.Tests.Devices;
using TorchSharp;

namespace ScFm.Model.Tests.Corpora;

public sealed class CorpusLoaderTests
{
    private static readonly AnnData cells = SmallCells.Of(230, [.. Enumerable.Range(0, 40).Select(gene => $"G{gene}")]);
    private static readonly UniformSampler order = new(230, seed: 3);

    /// <summary>What a batch holds, as the cells it says and a dense matrix of its values.</summary>
    private static (int[] Cells, float[] Values) Taken(CellBatch batch)
    {
        var (offsets, genes, values) = (batch.Offsets.data<long>().ToArray(), batch.Genes.data<long>().ToArray(), batch.Values.data<float>().ToArray());
        return (batch.Cells.ToArray(), new CsrMatrix(offsets.Length - 1, 40, offsets, [.. genes.Select(gene => (int)gene)], values).ToDense().Values);
    }

    private static List<(int[] Cells, float[] Values)> All(ICellSource source, LoaderOptions options, int epoch = 0, int from = 0) =>
        [.. new CorpusLoader(source, order, options).Epoch(epoch, from, TestContext.Current.CancellationToken).Select(Taken)];

    private static CorpusStore Stored(TemporaryFolder folder) => CorpusStore.Build(cells, folder.File("small.corpus"), new StoreOptions { Shuffle = false, CellsPerShard = 50 });

    [Theory]
    [InlineData(1, 2)]
    [InlineData(1, 8)]
    [InlineData(7, 2)]
    [InlineData(7, 30)]
    public void Batches_hold_the_sampler_s_cells_in_its_order_whatever_the_threads_and_the_source(int threads, int batches)
    {
        using var folder = new TemporaryFolder();
        using var store = Stored(folder);
        var options = new LoaderOptions { BatchSize = 16, Threads = threads, Batches = batches };
        ICellSource[] sources = [cells, store, Corpus.Of(store, "stored"), Corpus.Of(cells.SelectCells([.. Enumerable.Range(0, 100)]), cells.SelectCells([.. Enumerable.Range(100, 130)]))];

        foreach (var source in sources)
        {
            var found = All(source, options, epoch: 2);
            Assert.Equal(order.Batches(2, 16), found.Select(batch => batch.Cells));
            Assert.All(found, batch => Assert.Equal(cells.X.SelectRows(batch.Cells).ToDense().Values, batch.Values));
        }
    }

    [Fact]
    public void A_subset_of_a_store_is_translated_to_the_store_s_cells()
    {
        using var folder = new TemporaryFolder();
        using var store = Stored(folder);
        var corpus = Corpus.Of(store, "stored").Subsample(60, seed: 1);
        Assert.NotNull(corpus.Store);
        foreach (var batch in new CorpusLoader(corpus, new UniformSampler(60), new LoaderOptions { BatchSize = 7 }).Epoch(0, cancellation: TestContext.Current.CancellationToken))
        {
            var (of, values) = Taken(batch);
            Assert.Equal(corpus.Read(of, TestContext.Current.CancellationToken).ToDense().Values, values);
        }
    }

    [Fact]
    public void An_epoch_goes_on_from_any_batch()
    {
        var options = new LoaderOptions { BatchSize = 16 };
        var whole = All(cells, options, epoch: 1);
        Assert.Equal(whole.Skip(5).Select(batch => batch.Cells), All(cells, options, epoch: 1, from: 5).Select(batch => batch.Cells));
        Assert.Empty(All(cells, options, from: 15));
        Assert.Equal(15, new CorpusLoader(cells, order, options).BatchCount);
    }

    [Fact]
    public void Dense_batches_have_the_zeros_too_though_their_memory_is_used_again()
    {
        var loader = new CorpusLoader(cells, order, new LoaderOptions { BatchSize = 16, Dense = true, Batches = 2 });
        foreach (var batch in loader.Epoch(0, cancellation: TestContext.Current.CancellationToken))
        {
            Assert.Equal([batch.Cells.Length, 40], batch.Dense!.shape);
            Assert.Equal(Taken(batch).Values, batch.Dense.data<float>().ToArray());
            batch.Dense.fill_(-1); // whoever uses a batch may write to it
        }
    }

    [Theory]
    [MemberData(nameof(TestDevices.All), MemberType = typeof(TestDevices))]
    public void A_copy_on_a_device_stays_as_it_was_when_the_batch_s_memory_is_used_again(string device)
    {
        using var place = TestDevices.Use(device);
        using var scope = torch.NewDisposeScope();
        var loader = new CorpusLoader(cells, order, new LoaderOptions { BatchSize = 16, Batches = 2, Dense = true, Pinned = device == TestDevices.Card });
        var wide = device == TestDevices.Card ? torch.ones(8192, 8192, device: ComputeDevice.Current) : null;
        var copies = loader.Epoch(0, cancellation: TestContext.Current.CancellationToken).Select(batch =>
        {
            for (var i = 0; i < 5 && wide is not null; i++)
            {
                wide.mm(wide).Dispose(); // the copy comes behind a step of a card's work, and so after the memory's next turn if that were not kept waiting
            }
            return (Cells: batch.Cells.ToArray(), Copy: batch.CopyTo(ComputeDevice.Current));
        }).ToList();
        Assert.All(copies, batch =>
        {
            Assert.All([batch.Copy.Offsets, batch.Copy.Genes, batch.Copy.Values, batch.Copy.Dense!], tensor => Assert.Equal(ComputeDevice.Current.type, tensor.device_type));
            var expected = cells.X.SelectRows(batch.Cells);
            Assert.Equal(expected.Offsets, batch.Copy.Offsets.cpu().data<long>());
            Assert.Equal(expected.Indices, batch.Copy.Genes.cpu().data<long>().Select(gene => (int)gene));
            Assert.Equal(expected.Values, batch.Copy.Values.cpu().data<float>());
            Assert.Equal(expected.ToDense().Values, batch.Copy.Dense!.cpu().data<float>());
        });
    }

    [Fact]
    public void A_dense_batch_that_no_memory_can_be_addressed_of_is_refused() =>
        Assert.StartsWith("A dense batch of 16384 cells x 36601 genes takes 2398683136 bytes; expected less than 2 GiB: 14668 cells at most.",
            Assert.Throws<ArgumentException>(() => new CellBatch(16_384, 36_601, isDense: true, isPinned: false)).Message);

    [Fact]
    public void What_goes_wrong_in_a_thread_is_thrown_in_that_batch_s_turn()
    {
        var damaged = order.Order(0)[16 * 4 + 3];
        var loader = new CorpusLoader(new CountedReads(cells) { Damaged = cell => cell == damaged }, order, new LoaderOptions { BatchSize = 16, Threads = 3 });
        var taken = 0;
        var error = Assert.Throws<InvalidDataException>(() =>
        {
            foreach (var batch in loader.Epoch(0, cancellation: TestContext.Current.CancellationToken))
            {
                taken++;
            }
        });
        Assert.Equal(($"Cell {damaged} is damaged.", 4), (error.Message, taken));
    }

    [Fact]
    public void No_more_is_read_ahead_than_there_are_batches_and_leaving_the_loop_stops_the_reading()
    {
        var counted = new CountedReads(cells);
        var loader = new CorpusLoader(counted, order, new LoaderOptions { BatchSize = 4, Threads = 2, Batches = 5 });
        foreach (var batch in loader.Epoch(0, cancellation: TestContext.Current.CancellationToken))
        {
            SpinWait.SpinUntil(() => counted.Reads >= 5, TimeSpan.FromSeconds(10));
            Thread.Sleep(50);
            Assert.Equal(5, counted.Reads);
            break;
        }
        Thread.Sleep(50);
        Assert.Equal(5, counted.Reads);
    }

    [Fact]
    public async Task Cancelling_ends_the_loop_even_while_a_batch_is_waited_for()
    {
        using var stop = new CancellationTokenSource();
        using var blocked = new ManualResetEventSlim();
        var waiting = new CountedReads(cells)
        {
            Damaged = cell =>
            {
                blocked.Set();
                stop.Token.WaitHandle.WaitOne();
                return false;
            },
        };
        var loader = new CorpusLoader(waiting, order, new LoaderOptions { BatchSize = 16 });
        var loop = Task.Run(() => Assert.ThrowsAny<OperationCanceledException>(() => loader.Epoch(0, cancellation: stop.Token).Count()));
        blocked.Wait(TestContext.Current.CancellationToken);
        stop.Cancel();
        await loop.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Pinned_memory_without_CUDA_is_refused()
    {
        if (torch.cuda.is_available())
        {
            Assert.Skip("There is CUDA; pinned memory is fine.");
        }
        Assert.StartsWith("Pinned memory is asked for and there is no CUDA;", Assert.Throws<ArgumentException>(() => new CorpusLoader(cells, order, new LoaderOptions { Pinned = true })).Message);
    }
}
