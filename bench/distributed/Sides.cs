using System.Net;
using System.Net.Sockets;

/// <summary>The processes of a row.</summary>
internal static class Sides
{
    /// <summary>Steps of a process that are timed.</summary>
    private const int Steps = 10;

    /// <summary>One rank that has the machine to itself.</summary>
    public static RankMeasurement Alone(Row row) => Ranks(row.Preset, row.Cells, Steps, 1)[0];

    /// <summary>Two ranks that know nothing of each other, at the same time: what the machine's cores give when both compute.</summary>
    public static double Beside(Row row) => Together([.. Enumerable.Repeat(() => Alone(row), Row.Ranks)]).Sum(measured => measured.Speed);

    /// <summary>Two ranks of one run, each with as many cells a step as one alone.</summary>
    public static RankMeasurement Weak(Row row) => Ranks(row.Preset, row.Cells * Row.Ranks, Steps, Row.Ranks)[0];

    /// <summary>Two ranks of one run that share the cells of one.</summary>
    public static RankMeasurement Strong(Row row) => Ranks(row.Preset, row.Cells, Steps, Row.Ranks)[0];

    /// <summary>One device's step of the published size, of one cell.</summary>
    public static RankMeasurement Published() => Ranks("100m", 1, 2, 1)[0];

    private static RankMeasurement[] Ranks(string preset, int cells, int steps, int ranks)
    {
        var port = FreePort();
        return Together([.. Enumerable.Range(0, ranks).Select<int, Func<RankMeasurement>>(rank => () =>
            Processes.Own<RankMeasurement>("rank", preset, $"{cells}", $"{steps}", $"{rank}", $"{ranks}", $"{port}"))]);
    }

    private static RankMeasurement[] Together(Func<RankMeasurement>[] all) => Task.WhenAll(all.Select(one => Task.Run(one))).GetAwaiter().GetResult();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
