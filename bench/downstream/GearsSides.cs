using MathNet.Numerics.Distributions;
using ScFm.Model.Cells;
using ScFm.Model.Models.Gears;
using ScFm.Model.Screens;

/// <summary>Both sides of the row of GEARS.</summary>
internal static class GearsSides
{
    private const double MeanCount = 0.3;

    private static string Peer => Processes.Script(Path.Combine("peer", "gears.py"));

    /// <summary>The row in turns of both sides' processes, after both were found to compute the same.</summary>
    public static string Report()
    {
        var agreement = Agreement();
        var (own, other) = (new List<Measurement>(), new List<Measurement>());
        for (var round = 0; round < GearsRow.Rounds; round++)
        {
            own.Add(Processes.Own<Measurement>("gears"));
            other.Add(Processes.Python<Measurement>([Peer, "time", .. GearsRow.Sizes(GearsRow.Genes), $"{GearsRow.Steps}", $"{GearsRow.WarmUp}", $"{Processes.Threads}"]));
        }
        return GearsReport.Text(agreement, GearsRow.Epoch(Measurement.Of(own)), GearsRow.Epoch(Measurement.Of(other)));
    }

    /// <summary>Our time of the timed steps.</summary>
    public static Measurement Measure()
    {
        using var stop = new CancellationTokenSource();
        var watch = new Watch(GearsRow.WarmUp, GearsRow.WarmUp + GearsRow.Steps, stop);
        var screen = Simulated();
        GearsModel.Train(
            screen, [.. screen.Groups], options: new() { Config = new() { Width = GearsRow.Width }, BatchSize = GearsRow.BatchSize, CoExpression = 0, Neighbours = GearsRow.Neighbours },
            progress: watch, cancellation: stop.Token);
        return new Measurement(watch.Elapsed.TotalSeconds, Processes.PeakMemory());
    }

    private static GearsAgreement Agreement()
    {
        var file = Path.GetTempFileName();
        try
        {
            Processes.RunPython([Peer, "agree", .. GearsRow.Sizes(GearsRow.ComparedGenes), file]);
            return Processes.Own<GearsAgreement>("gears-agreement", file).Required();
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static PerturbationScreen Simulated()
    {
        var random = new Random(1);
        var counts = new DenseMatrix(GearsRow.Cells, GearsRow.Genes);
        var poisson = Enumerable.Range(0, 1 << 16).Select(_ => (float)Poisson.Sample(random, MeanCount)).ToArray(); // drawn again and again: the values do not matter
        for (var i = 0; i < counts.Values.Length; i++)
        {
            counts.Values[i] = poisson[random.Next(poisson.Length)];
        }
        var sparse = CsrMatrix.FromDense(counts);
        string[] Names(string what, int count) => [.. Enumerable.Range(0, count).Select(i => $"{what}{i}")];
        var genes = Names("gene", GearsRow.Genes);
        return new PerturbationScreen(
            new AnnData(sparse, Names("cell", GearsRow.Cells), genes), Normalisation.LogNormalise(sparse), [Condition.Control, .. genes.Take(GearsRow.Perturbations).Select(gene => new Condition([gene]))],
            [.. Enumerable.Range(0, GearsRow.Cells).Select(cell => cell % (GearsRow.Perturbations + 1))], ["cells"], new int[GearsRow.Cells]);
    }
}
