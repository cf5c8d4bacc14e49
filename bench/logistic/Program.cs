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
    var (rows, machine) = Options();
    var load = Processes.Load;
    var report = new Report();
    foreach (var row in rows)
    {
        Console.Error.WriteLine(report.Add(row, Sides.Solve(row)));
    }
    return (report.Text(load), machine);
});

static Row Find(string name) => Array.Find(Row.All, row => row.Name == name)
    ?? throw new ArgumentException($"There is no row '{name}'; expected some of {string.Join(", ", Row.All.Select(row => row.Name))}.");

(Row[] Rows, string? Machine) Options()
{
    var (rows, machine) = (Row.All, (string?)null);
    for (var i = 0; i < args.Length; i += 2)
    {
        var value = i + 1 < args.Length ? args[i + 1] : "";
        switch (args[i])
        {
            case "--rows" when value.Length > 0: rows = Array.ConvertAll(value.Split(','), Find); break;
            case "--record" when value.Length > 0: machine = value; break;
            default: throw new ArgumentException($"'{args[i]} {value}' was found; expected [--rows NAME,...] [--record MACHINE].");
        }
    }
    return (rows, machine);
}
