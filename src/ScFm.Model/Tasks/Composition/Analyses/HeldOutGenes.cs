using ScFm.Model.Cells;
using ScFm.Model.Tables;

namespace ScFm.Model.Tasks.Composition;

/// <summary>Which genes are reconstructed worse when cells are held out of training.</summary>
internal static class HeldOutGenes
{
    private const int Shown = 12;
    private static readonly string[] columns = ["gene", "mean", "normalised_residual", "normalised_change", "change_q_value"];

    /// <summary>For each training that leaves cells out, on the evaluations of these cells; null where there is none.</summary>
    internal static CompositionAnalysis? Of(AnalysisInput input)
    {
        var tables = (from model in input.Models
                      from training in input.Plan.Trainings
                      where training.Name != input.Plan.BaselineName && training.LeftOut.Any()
                      from evaluation in input.Cells.Evaluations.Zip(input.Plan.Evaluations)
                      where IsOf(evaluation.Second, training)
                      select (Name: $"{model.Name}, {training.Name}, {evaluation.First.Name}", Table: Worst(input, model, training.Name, evaluation.First)))
            .Where(one => one.Table is not null).ToList();
        return tables.Count == 0 ? null : new CompositionAnalysis(
            "Which genes suffer when cells are held out?",
            $"For each model, training and evaluation the {Shown} genes with the largest normalised change: by how much more than after {input.Plan.BaselineName} a gene's reconstruction falls short, as a share of its measured mean (counts per 10,000; genes above 1 only). "
            + "normalised_residual is measured minus reconstructed over measured: 1 where the model knows nothing of the gene. Reconstructions are averaged over seeds first, so that the tests (q, Benjamini-Hochberg) are over cells.",
            Joined(tables!));
    }

    // An evaluation of the very cells that are left out, or of their whole set where none is chosen.
    private static bool IsOf(PlannedEvaluation evaluation, PlannedTraining training) =>
        training.LeavesOut(evaluation) || (evaluation.Only is null && training.Mixes(evaluation.Set) && training.LeftOut.Any());

    private static Table? Worst(AnalysisInput input, IStudyModel model, string training, EvaluationCells evaluation)
    {
        var (without, baseline) = (Averaged(input, model, training, evaluation.Cells), Averaged(input, model, input.Plan.BaselineName, evaluation.Cells));
        if (without is null || baseline is null)
        {
            return null;
        }
        var all = GeneResiduals.Of(evaluation.Cells.X, without, input.Cells.Genes, baseline).ToTable();
        return all.RowCount == 0 ? null : new Table(all.Select([.. Enumerable.Range(0, Math.Min(Shown, all.RowCount))]).Columns.Where(column => columns.Contains(column.Name)));
    }

    private static DenseMatrix? Averaged(AnalysisInput input, IStudyModel model, string training, AnnData cells)
    {
        DenseMatrix? sum = null;
        foreach (var seed in input.Seeds)
        {
            if (input.Latent(model, training, seed) is not { } fitted)
            {
                return null;
            }
            var expression = fitted.Expression(cells, input.Cancellation);
            sum ??= new DenseMatrix(expression.Rows, expression.Columns);
            for (var i = 0; i < sum.Values.Length; i++)
            {
                sum.Values[i] += expression.Values[i] / input.Plan.Seeds;
            }
        }
        return sum;
    }

    private static Table Joined(IReadOnlyList<(string Name, Table Table)> tables) => new(
    [
        new TextColumn("model, training, evaluation", [.. tables.SelectMany(one => Enumerable.Repeat(one.Name, one.Table.RowCount))]),
        new TextColumn("gene", [.. tables.SelectMany(one => Enumerable.Range(0, one.Table.RowCount).Select(one.Table["gene"].Text))]),
        .. columns[1..].Select(name => new NumberColumn(name, [.. tables.SelectMany(one => ((NumberColumn)one.Table[name]).Values.ToArray())], name.EndsWith("q_value", StringComparison.Ordinal) ? "G2" : "F2")),
    ]);
}
