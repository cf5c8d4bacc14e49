using ScFm.Model.Cells;
using ScFm.Model.Models.DeepCdr;
using ScFm.Model.Tasks.DrugResponse;

/// <summary>Both sides of the rows of DeepCDR.</summary>
internal static class DeepCdrSides
{
    private const int Cells = 561;
    private const int Features = 808;

    /// <summary>The rows in turns of both sides' processes.</summary>
    /// <param name="graphs">The file of the drugs' graphs.</param>
    public static string Report(string graphs)
    {
        var load = Processes.Load;
        var (ours, peer) = Processes.Peaks();
        var report = new DeepCdrReport(ours, peer);
        foreach (var row in DeepCdrRow.All)
        {
            var (own, other) = (new List<Measurement>(), new List<Measurement>());
            for (var round = 0; round < DeepCdrRow.Rounds; round++)
            {
                own.Add(Processes.Own<Measurement>("deepcdr", $"{row.BatchSize}", graphs));
                other.Add(Processes.Python<Measurement>(
                    Processes.Script(Path.Combine("peer", "deepcdr.py")), graphs, $"{DeepCdrRow.Pairs}", $"{row.BatchSize}", $"{row.Steps}", $"{DeepCdrRow.WarmUp}", $"{Processes.Threads}"));
            }
            Console.Error.WriteLine(report.Add(row, row.Epoch(Measurement.Of(own)), row.Epoch(Measurement.Of(other))));
        }
        return report.Text(load);
    }

    /// <summary>Our time of the row's steps.</summary>
    /// <param name="row">The row.</param>
    /// <param name="graphs">The file of the drugs' graphs.</param>
    public static Measurement Measure(DeepCdrRow row, string graphs)
    {
        var drugs = DrugGraphFile.Read(graphs);
        var options = new DeepCdrOptions { BatchSize = row.BatchSize, Epochs = 1 };
        var library = new DrugGraphs([.. drugs.Select(drug => drug.Name)], [.. drugs.Select(drug => drug.Graph)], options.Config);
        var random = new Random(1);
        var pairs = new ResponsePairs(
            [.. Enumerable.Range(0, DeepCdrRow.Pairs).Select(_ => random.Next(drugs.Count))], [.. Enumerable.Range(0, DeepCdrRow.Pairs).Select(_ => random.Next(Cells))],
            [.. Enumerable.Range(0, DeepCdrRow.Pairs).Select(_ => random.NextSingle())]);
        var table = new DenseMatrix(Cells, Features, [.. Enumerable.Range(0, Cells * Features).Select(_ => random.NextSingle())]);
        using var stop = new CancellationTokenSource();
        var watch = new Watch(DeepCdrRow.WarmUp, DeepCdrRow.WarmUp + row.Steps, stop);
        DeepCdrModel.Train(library, [("methylation", table)], pairs, pairs, options, progress: watch, cancellation: stop.Token);
        return new Measurement(watch.Elapsed.TotalSeconds, Processes.PeakMemory());
    }
}
