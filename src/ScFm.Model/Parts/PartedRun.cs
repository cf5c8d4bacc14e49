using ScFm.Model.Cells;
using ScFm.Model.Files;

namespace ScFm.Model.Parts;

/// <summary>Computes a row for every cell of a source of any size and writes one .h5ad of them, alone or together with other processes, and goes on where it was stopped.</summary>
/// <remarks>
/// Cells are cut into parts of a fixed size, whatever the number of processes. Each part is a file in the folder FILE.parts beside the result. Processes need not know of each other:
/// whoever finds a part that is missing and that nobody works on, makes it, so that what a process leaves that dies is made by the others, or by the next that is started.
/// When all parts are there one process writes the file, block after block, which then takes its name in one step, and clears the folder. The others wait for it.
/// </remarks>
/// <example><code>
/// using var cells = BackedCells.Open("atlas.h5ad");
/// PartedRun.Run(CellTasks.Embed(model), cells, "atlas-vectors.h5ad");
/// </code></example>
public sealed class PartedRun
{
    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(200); // between looks at what others do

    private readonly PartedTask task;
    private readonly ICellSource source;
    private readonly string output;
    private readonly PartsOptions options;
    private readonly IProgress<PartsProgress>? progress;
    private readonly CancellationToken cancellation;
    private readonly int[] cells;
    private readonly PartsHeader header;
    private readonly PartsFolder folder;

    private PartedRun(PartedTask task, ICellSource source, string output, PartsOptions options, PartsHeader header, IProgress<PartsProgress>? progress, CancellationToken cancellation)
    {
        (this.task, this.source, this.output, this.options, this.header, this.progress, this.cancellation) = (task, source, output, options, header, progress, cancellation);
        cells = options.Cells is { } chosen ? [.. chosen] : [.. Enumerable.Range(0, source.CellCount)];
        folder = PartsFolder.Open(FolderOf(output), header, cells.Length, options.PartSize!.Value, () => header.IsIn(output), cancellation);
    }

    /// <summary>The folder in which the parts of a result lie until it is written.</summary>
    /// <param name="output">The result's file.</param>
    public static string FolderOf(string output) => Path.GetFullPath(output) + ".parts";

    /// <summary>Computes the rows, or those that are missing, and writes the file; where it is there already, of the same run, nothing is done.</summary>
    /// <param name="task">What is computed.</param>
    /// <param name="cells">The source. It is read some cells at a time.</param>
    /// <param name="output">The .h5ad file to write.</param>
    /// <param name="options">How the work is parted, and what the file holds. Default: this process alone; <see cref="PartsOptions"/>'s defaults.</param>
    /// <param name="progress">Told how far all who work on it are. Default: nobody.</param>
    /// <param name="cancellation">Stops between two batches; the parts that are done stay.</param>
    /// <exception cref="ArgumentException">An option is out of range, there is no cell, or a row depends on other cells.</exception>
    /// <exception cref="InvalidDataException">The folder has parts of another run, or a cell cannot be read; the message says which.</exception>
    /// <exception cref="IOException">The folder holds something else, or the disk is full.</exception>
    public static void Run(
        PartedTask task, ICellSource cells, string output, PartsOptions? options = null, IProgress<PartsProgress>? progress = null, CancellationToken cancellation = default)
    {
        options = (options ?? new()).For(task, cells);
        var header = PartsHeader.Of(task, cells, options, options.PartSize!.Value);
        if (header.IsIn(output))
        {
            return;
        }
        if (Path.GetDirectoryName(Path.GetFullPath(output)) is { } above && !Directory.Exists(above))
        {
            throw new DirectoryNotFoundException($"'{output}' cannot be written: there is no folder '{above}'.");
        }
        try
        {
            new PartedRun(task, cells, output, options, header, progress, cancellation).Work();
        }
        catch (DirectoryNotFoundException) when (header.IsIn(output))
        {
            // another process has just written the file and cleared the folder
        }
    }

    private void Work()
    {
        while (folder.IsOpen)
        {
            cancellation.ThrowIfCancellationRequested();
            var missing = folder.Missing();
            Report(missing, 0);
            if (missing.Length == 0 ? TryWrite() : TryMake(missing))
            {
                continue;
            }
            cancellation.WaitHandle.WaitOne(pause); // others have what is left to do
        }
        if (!header.IsIn(output))
        {
            throw new IOException($"'{FolderOf(output)}' was deleted while parts were made; expected it to stay until '{output}' is there.");
        }
    }

    /// <summary>Makes those of the missing parts that nobody works on, its own first; false where there were none.</summary>
    private bool TryMake(int[] missing)
    {
        var made = false;
        foreach (var part in missing.OrderBy(part => (part - options.Rank % options.Ranks + options.Ranks) % options.Ranks))
        {
            using var claim = folder.Claim(part);
            if (claim is not null && folder.IsOpen && !folder[part].IsThere())
            {
                folder[part].Write(Compute(part));
                made = true;
            }
        }
        return made;
    }

    private DenseMatrix Compute(int part)
    {
        var (first, count) = folder.CellsOf(part);
        var chosen = cells[first..(first + count)];
        var missing = folder.Missing();
        try
        {
            var block = new AnnData(
                source.Read(chosen, cancellation), Array.ConvertAll(chosen, cell => source.ObsNames[cell]), source.VarNames, source.Obs.Select(chosen), source.Var);
            var rows = task.Rows(block, first, new WithinPart(this, missing), cancellation);
            return (rows.Rows, rows.Columns) == (count, task.Width)
                ? rows
                : throw new InvalidOperationException($"'{task.Name}' gave {rows.Rows} x {rows.Columns} numbers for {count} cells; expected {count} x {task.Width}.");
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException(FormattableString.Invariant($"Among the {count} cells from number {first} of '{source.Name}': {error.Message}"), error);
        }
    }

    /// <summary>Writes the file, unless another process does; false then.</summary>
    private bool TryWrite()
    {
        using var claim = folder.Claim("writing");
        if (claim is null || !folder.IsOpen)
        {
            return false;
        }
        long?[] nonZeros = [.. Enumerable.Range(0, folder.Count).Select(part => folder[part].CountNonZeros())];
        if (nonZeros.Contains(null))
        {
            return false; // a part was cut short, and is missing now
        }
        progress?.Report(new PartsProgress(cells.Length, cells.Length, IsWriting: true));
        var result = new PartedResult(task, source, cells.Chunk(options.PartSize!.Value), Enumerable.Range(0, folder.Count).Select(Rows));
        var whole = options.Cells is null;
        AnnDataWriter.Write(
            result.Cells(options, whole ? source.ObsNames : Array.ConvertAll(cells, cell => source.ObsNames[cell]), whole ? source.Obs : source.Obs.Select(cells), nonZeros.Sum()!.Value, header.ToJson()),
            folder.ResultFile, options.Compress, cancellation);
        DiskFlush.File(folder.ResultFile);
        File.Move(folder.ResultFile, output, overwrite: true);
        DiskFlush.Folder(Path.GetDirectoryName(Path.GetFullPath(output))!);
        folder.Clear();
        return true;
    }

    /// <summary>The rows of a part as they are kept; a part that was damaged meanwhile is made anew.</summary>
    private DenseMatrix Rows(int part)
    {
        if (folder[part].Read() is { } rows)
        {
            return rows;
        }
        rows = Compute(part);
        folder[part].Write(rows);
        return rows;
    }

    private void Report(int[] missing, int done) =>
        progress?.Report(new PartsProgress(cells.Length - missing.Sum(part => folder.CellsOf(part).Count) + done, cells.Length, IsWriting: false));

    /// <summary>Counts the cells of a part beside those of all parts that are there.</summary>
    private sealed class WithinPart(PartedRun run, int[] missing) : IProgress<int>
    {
        public void Report(int value) => run.Report(missing, value);
    }
}
