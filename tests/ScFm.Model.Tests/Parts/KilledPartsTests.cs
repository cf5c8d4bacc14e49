using System.Diagnostics;
using ScFm.Model.Cells;
using ScFm.Model.Parts;

namespace ScFm.Model.Tests.Parts;

/// <summary>What a process leaves that dies while it makes parts.</summary>
public sealed class KilledPartsTests
{
    private const string OutputVariable = "SCFM_TEST_CHILD_OUTPUT";
    private static readonly PartsOptions small = new() { PartSize = 4, Ranks = 2 };

    [Fact]
    public void Parts_of_processes_killed_while_they_work_are_made_by_those_that_go_on()
    {
        var cells = CountedRows.Source(400);
        if (Environment.GetEnvironmentVariable(OutputVariable) is { } own)
        {
            PartedRun.Run(new CountedRows().Task(before: _ => Thread.Sleep(50)), cells, own, small with { Rank = 1 }); // this is a child; it is killed somewhere in here
            return;
        }
        using var folder = new TemporaryFolder();
        var output = folder.File("rows.h5ad");
        using var children = Start(2, output);
        Await(children, () => Parts(output) >= 4);
        int[] codes = [Kill(children[0]), Kill(children[1])]; // most likely both in the middle of a part
        Assert.Equal([128 + 9, 128 + 9], codes);
        var left = Parts(output);
        Assert.InRange(left, 4, 99);

        var counted = new CountedRows();
        PartedRun.Run(counted.Task(), cells, output, small);

        Assert.Equal(400 - 4 * left, counted.Cells);
        Assert.Equal(CountedRows.Expected(cells), AnnDataReader.Read(output).Obsm["X_scfm"].Values);
        Assert.Equal(["rows.h5ad"], Directory.GetFileSystemEntries(folder.Path).Select(entry => Path.GetFileName(entry)));
    }

    [Fact]
    public void A_living_process_makes_the_parts_of_one_that_is_killed()
    {
        using var folder = new TemporaryFolder();
        var (cells, output) = (CountedRows.Source(400), folder.File("rows.h5ad"));
        using var child = Start(1, output);
        Await(child, () => Parts(output) >= 2);
        var counted = new CountedRows();
        PartedRun.Run(counted.Task(before: _ =>
        {
            if (counted.Cells == 40)
            {
                child[0].Kill();
            }
        }), cells, output, small);

        Assert.Equal(128 + 9, Kill(child[0]));
        Assert.Equal(CountedRows.Expected(cells), AnnDataReader.Read(output).Obsm["X_scfm"].Values);
    }

    private static int Parts(string output) =>
        Directory.Exists(PartedRun.FolderOf(output)) ? Directory.GetFiles(PartedRun.FolderOf(output), "part-*.safetensors").Length : 0;

    private static RankProcesses Start(int count, string output) =>
        RankProcesses.Start(count, typeof(KilledPartsTests), environment: [(OutputVariable, output)], test: nameof(Parts_of_processes_killed_while_they_work_are_made_by_those_that_go_on));

    private static int Kill(Process child)
    {
        child.Kill();
        child.WaitForExit();
        return child.ExitCode;
    }

    private static void Await(RankProcesses children, Func<bool> reached)
    {
        var watch = Stopwatch.StartNew();
        while (!reached())
        {
            Assert.False(children[0].HasExited, $"The child ended by itself: {children.OutputOf(0)}");
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(2), "The child made no part in two minutes.");
            Thread.Sleep(5);
        }
    }
}
