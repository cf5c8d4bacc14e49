using ScFm.Model.Cells;
using ScFm.Model.Parts;

namespace ScFm.Model.Tests.Parts;

public sealed class PartedRunTests : IDisposable
{
    private static readonly PartsOptions small = new() { PartSize = 8 };
    private readonly TemporaryFolder folder = new();
    private readonly AnnData cells = CountedRows.Source();
    private readonly CountedRows counted = new();

    private string Output => folder.File("rows.h5ad");

    private string PartsOfIt => PartedRun.FolderOf(Output);

    public void Dispose() => folder.Dispose();

    private string[] Left => [.. Directory.GetFileSystemEntries(folder.Path).Select(entry => Path.GetFileName(entry))];

    private void AssertResult(AnnData read)
    {
        Assert.Equal(CountedRows.Expected(cells), read.Obsm["X_scfm"].Values);
        Assert.Equal(Fingerprint.Of(cells), Fingerprint.Of(read));
        Assert.Equal(Fingerprint.Of(hash => hash.Add(cells.Obs)), Fingerprint.Of(hash => hash.Add(read.Obs)));
    }

    [Fact]
    public void One_process_writes_cells_with_their_rows_and_leaves_nothing_else()
    {
        var told = new List<PartsProgress>();
        PartedRun.Run(counted.Task(), cells, Output, small, new Told(told));

        AssertResult(AnnDataReader.Read(Output));
        Assert.Equal(["rows.h5ad"], Left);
        Assert.Equal((100, true), (told[^1].Done, told[^1].IsWriting));
        Assert.Equal(told.Select(progress => progress.Done).Order(), told.Select(progress => progress.Done));
        Assert.All(told, progress => Assert.Equal(100, progress.Total));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Any_number_of_ranks_write_the_same_file_and_each_waits_for_it(int ranks)
    {
        await Task.WhenAll(Enumerable.Range(0, ranks).Select(rank => Task.Run(() =>
        {
            PartedRun.Run(counted.Task(before: _ => Thread.Sleep(5)), cells, Output, small with { Rank = rank, Ranks = ranks });
            AssertResult(AnnDataReader.Read(Output));
        })));

        Assert.Equal(["rows.h5ad"], Left);
        Assert.InRange(counted.Cells, 100, 100 + 8); // one part may be made twice, where its lock was just let go
        PartedRun.Run(counted.Task(), cells, folder.File("alone.h5ad"), small);
        Assert.Equal(File.ReadAllBytes(folder.File("alone.h5ad")), File.ReadAllBytes(Output));
    }

    [Fact]
    public void The_parts_of_ranks_that_never_come_are_made_by_those_that_do()
    {
        PartedRun.Run(counted.Task(), cells, Output, small with { Rank = 1, Ranks = 3 });
        AssertResult(AnnDataReader.Read(Output));
    }

    [Fact]
    public void A_cancelled_run_keeps_its_parts_and_the_next_one_makes_the_others()
    {
        using var cancelling = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => PartedRun.Run(
            counted.Task(before: first => { if (first == 40) { cancelling.Cancel(); } }), cells, Output, small, cancellation: cancelling.Token));
        Assert.False(File.Exists(Output));
        Assert.Equal(40, counted.Cells);

        var next = new CountedRows();
        var told = new List<PartsProgress>();
        PartedRun.Run(next.Task(), cells, Output, small with { Ranks = 2 }, new Told(told));
        Assert.Equal(60, next.Cells);
        Assert.Equal(40, told[0].Done);
        AssertResult(AnnDataReader.Read(Output));
    }

    [Fact]
    public void A_run_that_is_done_is_not_done_again_and_another_one_is()
    {
        PartedRun.Run(counted.Task(), cells, Output, small);
        var again = new CountedRows();
        PartedRun.Run(again.Task(), cells, Output, small);
        Assert.Equal(0, again.Cells);

        PartedRun.Run(again.Task("other weights"), cells, Output, small);
        Assert.Equal(100, again.Cells);
        AssertResult(AnnDataReader.Read(Output));
    }

    [Theory]
    [InlineData("cut short")]
    [InlineData("one bit")]
    [InlineData("another part")]
    [InlineData("empty")]
    public void A_damaged_part_is_made_anew(string damage)
    {
        Stop(after: 80);
        var part = Path.Combine(PartsOfIt, "part-00003.safetensors");
        var bytes = File.ReadAllBytes(part);
        switch (damage)
        {
            case "cut short":
                File.WriteAllBytes(part, bytes[..^4]);
                break;
            case "one bit":
                bytes[^10] ^= 1;
                File.WriteAllBytes(part, bytes);
                break;
            case "another part":
                File.Copy(Path.Combine(PartsOfIt, "part-00002.safetensors"), part, overwrite: true);
                break;
            case "empty":
                File.WriteAllBytes(part, []);
                break;
        }
        var next = new CountedRows();
        PartedRun.Run(next.Task(), cells, Output, small);
        Assert.Equal(20 + 8, next.Cells);
        AssertResult(AnnDataReader.Read(Output));
    }

    [Fact]
    public void What_a_process_leaves_that_is_killed_while_it_writes_is_cleared()
    {
        Stop(after: 80);
        foreach (var name in (string[])["part-00011.safetensors.0123.tmp", "part-00011.lock", "writing.lock", "result.h5ad", "result.h5ad.0123.tmp", "run.json.0123.tmp"])
        {
            File.WriteAllText(Path.Combine(PartsOfIt, name), "");
        }
        PartedRun.Run(counted.Task(), cells, Output, small);
        Assert.Equal(["rows.h5ad"], Left);
        AssertResult(AnnDataReader.Read(Output));
    }

    [Fact]
    public void Parts_of_another_run_are_refused_with_what_differs()
    {
        Stop(after: 80, settings: new { Depth = "f5", Input = new { Kind = "single" } });
        void Expect(string sentence, PartedTask task, AnnData source, PartsOptions options) =>
            Assert.Contains(sentence, Assert.Throws<InvalidDataException>(() => PartedRun.Run(task, source, Output, options)).Message);
        var same = new { Depth = "f5", Input = new { Kind = "single" } };
        Expect("holds parts of another run: model is '", counted.Task("other weights", same), cells, small);
        Expect("holds parts of another run: Depth is 'f5' there and 'f6' here; ", counted.Task(settings: new { Depth = "f6", Input = new { Kind = "single" } }), cells, small);
        Expect("holds parts of another run: Input.Kind is 'single' there and 'bulk' here; ", counted.Task(settings: new { Depth = "f5", Input = new { Kind = "bulk" } }), cells, small);
        Expect("holds parts of another run: source is 'cells in memory, 100 cells, ", counted.Task(settings: same), CountedRows.Source(seed: 2), small);
        Expect("holds parts of another run: cells is 'all' there and '3, ", counted.Task(settings: same), cells, small with { Cells = [1, 2, 3] });
        Expect("holds parts of another run: part size is '8' there and '16' here; ", counted.Task(settings: same), cells, small with { PartSize = 16 });
        Expect("holds parts of another run: place is 'Obsm X_scfm' there and 'Matrix X_scfm' here; ", counted.Task(settings: same), cells, small with { Place = ResultPlace.Matrix });

        PartedRun.Run(counted.Task(settings: same), cells, Output, small);
        AssertResult(AnnDataReader.Read(Output));
    }

    [Fact]
    public void What_cannot_be_done_is_told_before_anything_is_made()
    {
        string Error<T>(PartedTask task, string output, PartsOptions options, AnnData? source = null) where T : Exception =>
            Assert.Throws<T>(() => PartedRun.Run(task, source ?? cells, output, options)).Message;
        Assert.Equal("Rank is 2; expected 0 to 1.", Error<ArgumentException>(counted.Task(), Output, small with { Rank = 2, Ranks = 2 }));
        Assert.Equal("PartSize is 0; expected 1 to 1048576.", Error<ArgumentException>(counted.Task(), Output, small with { PartSize = 0 }));
        Assert.Equal("Each depends on all.", Error<ArgumentException>(counted.Task() with { WholeOnly = "Each depends on all." }, Output, small));
        Assert.StartsWith("The rows of 'count' are vectors, ", Error<ArgumentException>(counted.Task(), Output, small with { Place = ResultPlace.Layer }));
        Assert.Equal("'cells in memory' has no cell; expected at least one.", Error<ArgumentException>(counted.Task(), Output, small, cells.SelectCells([])));
        Assert.Contains("there is no folder", Error<DirectoryNotFoundException>(counted.Task(), folder.File("absent", "rows.h5ad"), small));
        Assert.Empty(Left);

        Directory.CreateDirectory(PartsOfIt);
        File.WriteAllText(Path.Combine(PartsOfIt, "thesis.txt"), "");
        Assert.Equal($"'{PartsOfIt}' holds thesis.txt; expected a new folder, an empty one, or parts of the same run.", Error<IOException>(counted.Task(), Output, small));
        Assert.Equal(0, counted.Cells);
    }

    [Fact]
    public void A_cell_that_cannot_be_read_is_named_with_where_it_is()
    {
        var task = counted.Task(before: first => { if (first == 16) { throw new InvalidDataException("Cell 3 ('cell 19') expresses nothing."); } });
        Assert.Equal("Among the 8 cells from number 16 of 'cells in memory': Cell 3 ('cell 19') expresses nothing.", Assert.Throws<InvalidDataException>(() => PartedRun.Run(task, cells, Output, small)).Message);
        Assert.Equal(16, counted.Cells);
    }

    [Fact]
    public void Some_cells_are_taken_in_their_order()
    {
        int[] some = [90, 4, 5, 61];
        PartedRun.Run(counted.Task(), cells, Output, small with { PartSize = 3, Cells = some });
        var (read, expected) = (AnnDataReader.Read(Output), cells.SelectCells(some));
        Assert.Equal(CountedRows.Expected(expected), read.Obsm["X_scfm"].Values);
        Assert.Equal(Fingerprint.Of(expected), Fingerprint.Of(read));
    }

    /// <summary>Begins the run and stops it when some cells are done.</summary>
    private void Stop(int after, object? settings = null)
    {
        using var cancelling = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => PartedRun.Run(
            new CountedRows().Task(settings: settings, before: first => { if (first == after) { cancelling.Cancel(); } }), cells, Output, small, cancellation: cancelling.Token));
    }

    private sealed class Told(List<PartsProgress> told) : IProgress<PartsProgress>
    {
        public void Report(PartsProgress value) => told.Add(value);
    }
}
