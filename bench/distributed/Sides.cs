using ScFm.Model.Launching;

/// <summary>The processes of a row. Each has a core of its own for all that it does: reading ahead and exchanging, too.</summary>
internal static class Sides
{
    /// <summary>Steps of a process that are not timed.</summary>
    private const int Warming = 2;

    /// <summary>Steps that are.</summary>
    private const int Steps = 6;

    /// <summary>One rank that has the machine to itself.</summary>
    public static RankMeasurement Alone(Row row, int core = 0) => Ranks(row.Preset, row.Cells, 1, core)[0];

    /// <summary>Two ranks that know nothing of each other, at the same time: what the machine's cores give when both compute.</summary>
    public static double Beside(Row row) =>
        Together([.. Enumerable.Range(0, Row.Ranks).Select<int, Func<RankMeasurement>>(core => () => Alone(row, core))]).Sum(measured => measured.Speed);

    /// <summary>Two ranks of one run, each with as many cells a step as one alone.</summary>
    public static RankMeasurement Weak(Row row) => Ranks(row.Preset, row.Cells * Row.Ranks, Row.Ranks)[0];

    /// <summary>Two ranks of one run that share the cells of one.</summary>
    public static RankMeasurement Strong(Row row) => Ranks(row.Preset, row.Cells, Row.Ranks)[0];

    /// <summary>One device's step of the published size, of one cell.</summary>
    public static RankMeasurement Published() => Ranks("100m", 1, 1, warming: 1, steps: 1)[0];

    private static RankMeasurement[] Ranks(string preset, int cells, int ranks, int core = 0, int warming = Warming, int steps = Steps)
    {
        var port = LocalRanks.FreePort();
        return Together([.. Enumerable.Range(0, ranks).Select<int, Func<RankMeasurement>>(rank => () =>
            Processes.OwnOnCore<RankMeasurement>(core + rank, "rank", preset, $"{cells}", $"{warming}", $"{steps}", $"{rank}", $"{ranks}", $"{port}"))]);
    }

    private static RankMeasurement[] Together(Func<RankMeasurement>[] all) => Task.WhenAll(all.Select(one => Task.Run(one))).GetAwaiter().GetResult();
}
