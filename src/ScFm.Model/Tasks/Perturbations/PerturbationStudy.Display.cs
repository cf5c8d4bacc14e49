using System.Globalization;
using ScFm.Model.Metrics;
using ScFm.Model.Screens;
using ScFm.Model.Tables;

namespace ScFm.Model.Tasks.Perturbations;

public sealed partial record PerturbationStudy
{
    /// <summary>Rows: kind of question with method; columns: how many groups, every measure with its interval, and the wall time of a split.</summary>
    public override Table ToTable()
    {
        var rows = (from kind in Kinds from method in Methods select (Kind: kind, Method: method)).ToArray();
        return new Table(
        [
            new TextColumn("question", [.. rows.Select(row => row.Kind)]),
            new TextColumn("method", [.. rows.Select(row => row.Method)]),
            new IntegerColumn("groups", [.. rows.Select(row => (long)Groups(row.Kind, row.Method).Distinct().Count())]),
            .. PerturbationMeasures.All.Select(measure => new TextColumn(measure.Name, [.. rows.Select(row => Interval(row.Kind, row.Method, measure).ToString(measure.Format))])),
            new TextColumn("seconds", [.. rows.Select(row => OutcomesOf(row.Method).Average(outcome => outcome.Seconds).ToString("F1", CultureInfo.InvariantCulture))]),
        ]);
    }

    /// <summary>Each group's error under one method and under another, the largest gain first.</summary>
    /// <param name="method">The method.</param>
    /// <param name="baseline">The method it is compared with.</param>
    /// <returns>Columns: perturbation, where there are several its context, question, cells, both methods' mean squared error over the top 20 genes (mean over seeds), gain, and the correlation of the change under both.</returns>
    /// <exception cref="KeyNotFoundException">The study has no such method.</exception>
    public Table GainByPerturbation(string method, string baseline)
    {
        var theirs = ByGroup(baseline);
        var rows = ByGroup(method).Where(row => theirs.ContainsKey(row.Key)).Select(row => (row.Key, row.Value.Cells, Mine: row.Value, Other: theirs[row.Key])).OrderByDescending(row => row.Other.Mse - row.Mine.Mse).ToArray();
        var other = baseline == method ? baseline + " " : baseline;
        return new Table(
        [
            new TextColumn("perturbation", [.. rows.Select(row => row.Key.Condition)]),
            .. Screen.Contexts.Count == 1 ? Array.Empty<Column>() : [new TextColumn("context", [.. rows.Select(row => row.Key.Context)])],
            new TextColumn("question", [.. rows.Select(row => row.Key.Kind)]),
            new IntegerColumn("cells", [.. rows.Select(row => (long)row.Cells)]),
            new NumberColumn($"MSE top 20, {method}", [.. rows.Select(row => row.Mine.Mse)], "F4"),
            new NumberColumn($"MSE top 20, {other}", [.. rows.Select(row => row.Other.Mse)], "F4"),
            new NumberColumn("gain", [.. rows.Select(row => row.Other.Mse - row.Mine.Mse)], "F4"),
            new NumberColumn($"change, {method}", [.. rows.Select(row => row.Mine.Delta)], "F3"),
            new NumberColumn($"change, {other}", [.. rows.Select(row => row.Other.Delta)], "F3"),
        ]);
    }

    private IEnumerable<(string, string)> Groups(string kind, string method) => OutcomesOf(method).SelectMany(outcome => outcome.Groups).Where(group => group.Kind == kind).Select(group => (group.Condition, group.Context));

    private Dictionary<(string Condition, string Context, string Kind), (double Mse, double Delta, int Cells)> ByGroup(string method) => OutcomesOf(method)
        .SelectMany(outcome => outcome.Groups).GroupBy(group => (group.Condition, group.Context, group.Kind))
        .ToDictionary(group => group.Key, group => (group.Average(one => one.Score.MseTop), group.Average(one => one.Score.PearsonDelta), group.First().Cells));
}
