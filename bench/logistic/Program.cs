// Seconds of L1-penalised logistic regression here and in scikit-learn, to the same objective, in one run on one machine.
// usage: ./scfm bench logistic [--rows NAME,...] [--record MACHINE]
using System.Globalization;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["--child", "row", var name, var folder])
{
    return Processes.Answer(Ours.Solve(Find(name), folder));
}

return Benchmark.Run("logistic", () =>
{
    var (rows, machine) = RowOptions.Parse(args, Row.All, row => row.Name);
    var load = Processes.Load;
    var report = new Report();
    foreach (var row in rows)
    {
        Console.Error.WriteLine(report.Add(row, Sides.Solve(row)));
    }
    return (report.Text(load), machine);
});

static Row Find(string name) => RowOptions.Find(name, Row.All, row => row.Name);
