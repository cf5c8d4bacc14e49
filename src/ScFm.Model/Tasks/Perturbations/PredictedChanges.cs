using ScFm.Model.Models.Gears;
using ScFm.Model.Screens;
using ScFm.Model.Tables;

namespace ScFm.Model.Tasks.Perturbations;

/// <summary>Asks a trained GEARS about perturbations by name.</summary>
public static class PredictedChanges
{
    /// <summary>Predicts conditions in every context.</summary>
    /// <param name="model">The model.</param>
    /// <param name="screen">Where control cells are taken from; has the model's genes.</param>
    /// <param name="conditions">Names of conditions, spelt as in screens; see <see cref="ConditionNames"/>.</param>
    /// <param name="cancellation">Stops between two conditions.</param>
    /// <exception cref="ArgumentException">A name is that of a control, or the model knows no such perturbation; the message names genes that are spelt alike.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static IReadOnlyList<PredictedChange> Of(GearsModel model, PerturbationScreen screen, IReadOnlyList<string> conditions, CancellationToken cancellation = default)
    {
        var names = new ConditionNames(model.Perturbations, []);
        Condition[] wanted = [.. conditions.Select(names.Of)];
        foreach (var (condition, name) in wanted.Zip(conditions))
        {
            if (condition.IsControl)
            {
                throw new ArgumentException($"'{name}' is a control; expected perturbations, such as {string.Join(", ", model.Perturbations.Take(2))}.", nameof(conditions));
            }
            if (condition.Targets.FirstOrDefault(target => !model.Perturbations.Contains(target, StringComparer.Ordinal)) is { } unknown)
            {
                throw new ArgumentException($"The model knows no perturbation '{unknown}'{Alike(unknown, model.Perturbations)}; expected the targets and the genes of the screen it was trained on, {model.Perturbations.Count} in all.", nameof(conditions));
            }
        }
        var changes = new List<PredictedChange>();
        foreach (var condition in wanted)
        {
            for (var context = 0; context < screen.Contexts.Count; context++)
            {
                cancellation.ThrowIfCancellationRequested();
                changes.Add(new PredictedChange(condition, context, model.Predict(condition, screen, context)));
            }
        }
        return changes;
    }

    /// <summary>A row a prediction and gene, of the genes that change most.</summary>
    /// <param name="screen">The screen that the predictions start from.</param>
    /// <param name="changes">The predictions.</param>
    /// <param name="top">Genes of a prediction.</param>
    /// <returns>Columns: perturbation, context, gene, control, predicted, change, and uncertainty where the model gives one.</returns>
    public static Table ToTable(PerturbationScreen screen, IReadOnlyList<PredictedChange> changes, int top)
    {
        var rows = changes.SelectMany(change => change.Top(screen, top).Select(gene => (Change: change, Gene: gene))).ToArray();
        var table = new Table(
            new TextColumn("perturbation", [.. rows.Select(row => row.Change.Condition.ToString())]),
            new TextColumn("context", [.. rows.Select(row => screen.Contexts[row.Change.Context])]),
            new TextColumn("gene", [.. rows.Select(row => screen.Genes[row.Gene])]),
            new NumberColumn("control", [.. rows.Select(row => (double)screen.ControlMean(row.Change.Context)[row.Gene])], "F3"),
            new NumberColumn("predicted", [.. rows.Select(row => (double)row.Change.Prediction.Mean[row.Gene])], "F3"),
            new NumberColumn("change", [.. rows.Select(row => row.Change.Of(screen, row.Gene))], "F3"));
        return changes.Any(change => change.Prediction.Uncertainty is not null)
            ? table.With(new NumberColumn("uncertainty", [.. rows.Select(row => row.Change.Prediction.Uncertainty ?? double.NaN)], "F3"))
            : table;
    }

    private static string Alike(string name, IEnumerable<string> names) => Cells.NearNames.Of(name, names) is { Count: > 0 } near ? $", and the most alike is {string.Join(" or ", near.Select(one => $"'{one}'"))}" : "";
}
