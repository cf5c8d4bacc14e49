using ScFm.Model.Regression.Logistic;

/// <summary>One line of the table: a problem that both sides solve.</summary>
/// <param name="Name">What --rows calls it.</param>
/// <param name="Scheme">How classes are told apart.</param>
/// <param name="Cells">Number of cells.</param>
/// <param name="Cs">The values of C, one fit each; here each starts from the one before.</param>
/// <param name="Tolerance">Our duality gap, of the objective.</param>
/// <param name="Solver">The peer's solver.</param>
/// <param name="PeerTolerance">Its own measure of it.</param>
/// <param name="PeerIterations">The most it may take.</param>
internal sealed record Row(
    string Name, LogisticScheme Scheme, int Cells, double[] Cs, double Tolerance, string Solver, double PeerTolerance, int PeerIterations)
{
    public static readonly Row[] All =
    [
        new("one-vs-rest", LogisticScheme.OneVersusRest, 50_000, [0.01], 3e-3, "liblinear", 1e-4, 1000),
        new("multinomial", LogisticScheme.Multinomial, 50_000, [0.01], 3e-3, "saga", 1e-3, 10),
        new("path", LogisticScheme.OneVersusRest, 5_000, [0.001, 0.01, 0.1, 1], 3e-3, "liblinear", 1e-4, 1000),
    ];

    /// <summary>What is solved.</summary>
    public LogisticOptions Options => new()
    {
        Scheme = Scheme,
        PenaliseIntercept = Solver == "liblinear",
        Tolerance = Tolerance,
        Threads = Processes.Threads,
    };
}
