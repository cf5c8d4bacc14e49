using System.Diagnostics;
using ScFm.Model.Cells;
using ScFm.Model.Corpora.Store;
using ScFm.Model.Tests.Graphs;

namespace ScFm.Model.Tests.Corpora.Store;

/// <summary>What building a store costs, and what it leaves where it does not come to its end.</summary>
public sealed class StoreBuildTests
{
    private const string FolderVariable = "SCFM_TEST_CHILD_FOLDER";

    [Fact]
    public void A_source_far_larger_than_the_memory_is_built_within_it()
    {
        const int Megabyte = 1 << 20;
        if (ChildRun.Out is { } answer)
        {
            var child = Environment.GetEnvironmentVariable(FolderVariable)!;
            using (CorpusStore.Build(new StreamedCells(200, 20_000, 1000), Path.Combine(child, "warm.corpus"))) { }
            var before = MostMemory();
            using var store = CorpusStore.Build(new StreamedCells(60_000, 20_000, 1000), Path.Combine(child, "c.corpus"), new StoreOptions { Memory = 16, CellsPerShard = 2000 });
            File.WriteAllText(answer, $"{store.ValueCount * 8 / Megabyte} {(MostMemory() - before) / Megabyte}");
            return;
        }
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux tells a process's largest memory");
        using var folder = new TemporaryFolder();
        var parts = ChildRun.Of(GetType(), nameof(A_source_far_larger_than_the_memory_is_built_within_it), (FolderVariable, folder.Path)).Split(' ').Select(int.Parse).ToArray();
        Assert.True(parts[0] > 400, $"The cells have {parts[0]} MiB of values; expected more than 400.");
        Assert.True(parts[1] < 64, $"Building took {parts[1]} MiB more; expected less than 64: the 16 asked for, names, obs, and what the collector has not yet freed.");

        static long MostMemory() => 1024 * long.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2]);
    }

    [Fact]
    public void A_process_killed_while_it_builds_leaves_no_corpus_and_the_next_one_clears_what_it_left()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { } own)
        {
            var slow = new StreamedCells(1_000_000, 1000, 100) { BeforeReading = _ => Thread.Sleep(20) };
            CorpusStore.Build(slow, Path.Combine(own, "c.corpus")); // this is the child; it is killed somewhere in here
            return;
        }
        using var folder = new TemporaryFolder();
        KillWhileBuilding(folder);
        Assert.False(Directory.Exists(folder.File("c.corpus")));
        Assert.Equal(2, Directory.GetFileSystemEntries(folder.Path, "c.corpus.*.tmp*").Length); // the folder and its lock
        var cells = new StreamedCells(50, 100, 10);
        using (var store = CorpusStore.Build(cells, folder.File("c.corpus")))
        {
            store.Verify();
        }
        Assert.Equal([folder.File("c.corpus")], Directory.GetFileSystemEntries(folder.Path));

        KillWhileBuilding(folder); // now over a store that is there: it stays as it was
        using var old = CorpusStore.Open(folder.File("c.corpus"));
        old.Verify();
        cells.AssertSame(old, 0, 49);
    }

    [Fact]
    public void A_full_disk_is_named_and_nothing_is_left_on_it()
    {
        using var folder = new TemporaryFolder();
        var disk = Directory.CreateDirectory(folder.File("disk")).FullName;
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", "size=2m", "scfm-test", disk), "only root can mount a small disk");
        try
        {
            var path = Path.Combine(disk, "c.corpus");
            var error = Assert.Throws<IOException>(() => CorpusStore.Build(new StreamedCells(20_000, 1000, 100), path));
            Assert.Equal($"The disk is full, so '{path}' was not written; expected room for the corpus twice over.", error.Message);
            Assert.Empty(Directory.GetFileSystemEntries(disk));
            using var small = CorpusStore.Build(new StreamedCells(1000, 1000, 100), path);
            small.Verify();
        }
        finally
        {
            Assert.True(Run("umount", disk));
        }
    }

    [Fact]
    public void Stopped_or_failing_in_the_middle_it_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var stopped = new StreamedCells(2000, 100, 10) { BeforeReading = first => { if (first > 1000) { stop.Cancel(); } } };
        Assert.ThrowsAny<OperationCanceledException>(() => CorpusStore.Build(stopped, folder.File("c.corpus"), cancellation: stop.Token));
        var damaged = new StreamedCells(2000, 100, 10) { BeforeReading = first => { if (first > 1000) { throw new InvalidDataException("the source is damaged"); } } };
        Assert.Throws<InvalidDataException>(() => CorpusStore.Build(damaged, folder.File("c.corpus")));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_smaller_store_takes_the_place_of_a_larger_one_but_of_nothing_else()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("c.corpus");
        using var large = CorpusStore.Build(new StreamedCells(500, 100, 10), path, new StoreOptions { CellsPerShard = 100, Shuffle = false });
        large.Read([0]);
        using var small = CorpusStore.Build(new StreamedCells(50, 100, 10), path, new StoreOptions { CellsPerShard = 100 });
        small.Verify();
        Assert.Equal(50, small.CellCount);
        Assert.Equal(4, Directory.GetFiles(path).Length - 1); // genes, cells, obs, a shard, and the manifest
        Directory.CreateDirectory(folder.File("home"));
        File.WriteAllText(folder.File("home", "thesis.txt"), "years of work");
        Assert.Contains("holds thesis.txt, which would be lost", Assert.Throws<IOException>(() => CorpusStore.Build(new StreamedCells(50, 100, 10), folder.File("home"))).Message);
    }

    [Fact]
    public void Progress_goes_from_the_first_cells_to_all_of_them()
    {
        using var folder = new TemporaryFolder();
        var told = new Counts();
        using var store = CorpusStore.Build(new StreamedCells(5000, 100, 10), folder.File("c.corpus"), new StoreOptions { CellsPerShard = 500 }, told);
        Assert.Equal(told.Values.Order(), told.Values);
        Assert.Equal(32, told.Values[0]); // the first block of 64, read and not yet put into its place
        Assert.Equal(5000, told.Values[^1]);
        told.Values.Clear();
        store.Verify(told);
        Assert.Equal(Enumerable.Range(1, 10).Select(shard => shard * 500), told.Values);
    }

    [Fact]
    public void Cells_that_cannot_be_stored_are_named()
    {
        using var folder = new TemporaryFolder();
        AnnData Cell(params int[] genes) => new(new CsrMatrix(1, 4, [0, genes.Length], genes, [.. genes.Select(_ => 1f)]), ["a"], ["g0", "g1", "g2", "g3"]);
        string Error(AnnData cells) => Assert.Throws<InvalidDataException>(() => CorpusStore.Build(cells, folder.File("c.corpus"))).Message;
        Assert.Equal("Cell 'a' of 'cells in memory' has a value of gene 1 after one of 2; expected ascending genes from 0 to 3.", Error(Cell(2, 1)));
        Assert.Equal("Cell 'a' of 'cells in memory' has a value of gene 4 after one of 3; expected ascending genes from 0 to 3.", Error(Cell(3, 4)));
        Assert.Equal("Cell 'a' of 'cells in memory' has a value of gene -1 after one of -1; expected ascending genes from 0 to 3.", Error(Cell(-1)));
        var none = new AnnData(new CsrMatrix(0, 4, [0], [], []), [], ["g0", "g1", "g2", "g3"]);
        Assert.Equal("'cells in memory' has 0 cells and 4 genes; expected at least one of each for a corpus.", Assert.Throws<ArgumentException>(() => CorpusStore.Build(none, folder.File("c.corpus"))).Message);
        Assert.Equal("CellsPerShard is 0; expected 1 to 1048576.", Assert.Throws<ArgumentException>(() => CorpusStore.Build(Cell(1), folder.File("c.corpus"), new StoreOptions { CellsPerShard = 0 })).Message);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    /// <summary>Starts a process that builds c.corpus and kills it (SIGKILL) once it has written some of it.</summary>
    private static void KillWhileBuilding(TemporaryFolder folder)
    {
        var start = new ProcessStartInfo(
            "dotnet", [typeof(StoreBuildTests).Assembly.Location, "-method", $"{typeof(StoreBuildTests).FullName}.{nameof(A_process_killed_while_it_builds_leaves_no_corpus_and_the_next_one_clears_what_it_left)}"])
        { RedirectStandardOutput = true };
        start.Environment[FolderVariable] = folder.Path;
        using var child = Process.Start(start)!;
        var output = child.StandardOutput.ReadToEndAsync();
        var watch = Stopwatch.StartNew();
        while (!Directory.GetDirectories(folder.Path, "*.tmp").Any(temporary => Directory.GetFiles(temporary).Length > 0))
        {
            Assert.False(child.HasExited, $"The child ended by itself: {(child.HasExited ? output.Result : "")}");
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(3), "The child wrote nothing in three minutes.");
            Thread.Sleep(5);
        }
        child.Kill();
        child.WaitForExit();
        Assert.Equal(128 + 9, child.ExitCode);
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true });
        process!.WaitForExit();
        return process.ExitCode == 0;
    }

    private sealed class Counts : IProgress<int>
    {
        internal List<int> Values { get; } = [];

        public void Report(int value) => Values.Add(value);
    }
}
