using ScFm.Model.Cells;
using ScFm.Model.Models.DeepCdr;
using ScFm.Model.Tasks.DrugResponse;

/// <summary>Our side.</summary>
internal static class Ours
{
    private const int Cells = 561;
    private const int Features = 808;

    /// <summary>The time of the row's steps.</summary>
    /// <param name="row">The row.</param>
    /// <param name="graphs">The file of the drugs' graphs.</param>
    public static Measurement Measure(Row row, string graphs)
    {
        var drugs = DrugGraphFile.Read(graphs);
        var options = new DeepCdrOptions { BatchSize = row.BatchSize, Epochs = 1 };
        var library = new DrugGraphs([.. drugs.Select(drug => drug.Name)], [.. drugs.Select(drug => drug.Graph)], options.Config);
        var random = new Random(1);
        var pairs = new ResponsePairs(
            [.. Enumerable.Range(0, Row.Pairs).Select(_ => random.Next(drugs.Count))], [.. Enumerable.Range(0, Row.Pairs).Select(_ => random.Next(Cells))],
            [.. Enumerable.Range(0, Row.Pairs).Select(_ => random.NextSingle())]);
        var table = new DenseMatrix(Cells, Features, [.. Enumerable.Range(0, Cells * Features).Select(_ => random.NextSingle())]);
        using var stop = new CancellationTokenSource();
        var watch = new Watch(Row.WarmUp, Row.WarmUp + row.Steps, stop);
        DeepCdrModel.Train(library, [("methylation", table)], pairs, pairs, options, progress: watch, cancellation: stop.Token);
        return new Measurement(watch.Elapsed.TotalSeconds, Processes.PeakMemory());
    }
}
