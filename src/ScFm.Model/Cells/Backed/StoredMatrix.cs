namespace ScFm.Model.Cells.Backed;

/// <summary>A matrix of cells by genes that lies in a file and is read some rows at a time; several threads may read at once.</summary>
/// <param name="where">The file and the place in it, for errors.</param>
/// <param name="rows">Number of rows (cells).</param>
/// <param name="columns">Number of columns (genes).</param>
internal abstract class StoredMatrix(string where, int rows, int columns)
{
    /// <summary>The file and the place in it, for errors.</summary>
    internal string Where => where;

    internal int Rows => rows;

    internal int Columns => columns;

    /// <summary>How many neighbouring rows may be read at once, so that what is held stays within some megabytes.</summary>
    protected virtual int LongestRun => int.MaxValue;

    /// <summary>Reads the given rows, in the given order; runs of neighbours are read together, and each row once.</summary>
    internal CsrMatrix Read(ReadOnlySpan<int> chosen, CancellationToken cancellation)
    {
        var order = chosen.ToArray();
        foreach (var row in order)
        {
            if ((uint)row >= (uint)rows)
            {
                throw new ArgumentOutOfRangeException(nameof(chosen), $"There is no row {row} in {where}; expected 0 to {rows - 1}.");
            }
        }
        Array.Sort(order);
        var runs = new List<(int First, CsrMatrix Values)>();
        for (var i = 0; i < order.Length;)
        {
            cancellation.ThrowIfCancellationRequested();
            var (first, last) = (order[i], order[i]);
            for (; i < order.Length && order[i] <= last + 1 && order[i] - first < LongestRun; i++)
            {
                last = order[i];
            }
            runs.Add((first, ReadRun(first, last - first + 1, cancellation)));
        }
        return runs is [(_, var only)] && only.Rows == chosen.Length && IsSorted(chosen) ? only : Gather(chosen, runs);
    }

    /// <summary>Reads all rows.</summary>
    internal CsrMatrix ReadAll(IProgress<double>? progress, CancellationToken cancellation)
    {
        var runs = new List<(int First, CsrMatrix Values)>();
        for (var first = 0; first < rows;)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report((double)first / rows);
            var count = Math.Min(LongestRun, rows - first);
            runs.Add((first, ReadRun(first, count, cancellation)));
            first += count;
        }
        return runs is [(_, var only)] ? only : Join(runs);
    }

    /// <summary>Reads neighbouring rows.</summary>
    protected abstract CsrMatrix ReadRun(int first, int count, CancellationToken cancellation);

    /// <summary>A number of values, where so many fit into one array.</summary>
    /// <exception cref="InvalidDataException">They do not.</exception>
    internal static int Room(string where, long values) => values <= Array.MaxLength
        ? (int)values
        : throw new InvalidDataException($"{where} has {values} values; expected at most {Array.MaxLength} in memory: read it some cells at a time.");

    /// <summary>Turns what does not fit together into an error that names the place.</summary>
    protected CsrMatrix Checked(Func<CsrMatrix> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"{where}: {error.Message}", error);
        }
    }

    private CsrMatrix Gather(ReadOnlySpan<int> chosen, List<(int First, CsrMatrix Values)> runs)
    {
        int[] starts = [.. runs.Select(run => run.First)];
        var places = new (CsrMatrix Run, int Row)[chosen.Length];
        for (var i = 0; i < chosen.Length; i++)
        {
            var at = Array.BinarySearch(starts, chosen[i]);
            var (first, values) = runs[at >= 0 ? at : ~at - 1];
            places[i] = (values, chosen[i] - first);
        }
        return CsrMatrix.Gather(places, columns);
    }

    // Runs one after another, each let go once it is copied.
    private CsrMatrix Join(List<(int First, CsrMatrix Values)> runs)
    {
        var total = Room(where, runs.Sum(run => run.Values.NonZeros));
        var (offsets, indices, numbers, at) = (new long[rows + 1], new int[total], new float[total], 0L);
        for (var i = 0; i < runs.Count; i++)
        {
            var (first, run) = runs[i];
            run.Indices.CopyTo(indices, at);
            run.Values.CopyTo(numbers, at);
            for (var row = 0; row < run.Rows; row++)
            {
                offsets[first + row + 1] = at + run.Offsets[row + 1];
            }
            at += run.NonZeros;
            runs[i] = default;
        }
        return new CsrMatrix(rows, columns, offsets, indices, numbers);
    }

    private static bool IsSorted(ReadOnlySpan<int> chosen)
    {
        for (var i = 1; i < chosen.Length; i++)
        {
            if (chosen[i] <= chosen[i - 1])
            {
                return false;
            }
        }
        return true;
    }
}
