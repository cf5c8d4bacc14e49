using ScFm.Model.Tables;

namespace ScFm.Model.Tasks.Composition;

/// <summary>Whether some latent dimension stands for the cells of an evaluation.</summary>
internal static class LoadingsOfEvaluations
{
    /// <summary>For every linear model the dimension that goes best with each evaluation's expression; null where no model is linear.</summary>
    internal static CompositionAnalysis? Of(AnalysisInput input)
    {
        var means = input.Cells.Evaluations.Select(evaluation => GeneExpression.Means(evaluation.Cells, cancellation: input.Cancellation)).ToList();
        var rows = (from model in input.Models
                    from training in input.Plan.Trainings
                    let loadings = input.Latent(model, training.Name, seed: 0)?.Loadings
                    where loadings is not null
                    from evaluation in Enumerable.Range(0, means.Count)
                    let best = LoadingAssociation.Of(loadings, input.Cells.Genes, means[evaluation], input.Cells.Genes).MaxBy(one => Math.Abs(one.Spearman.Coefficient))
                    select (model.Name, Training: training.Name, Evaluation: input.Cells.Evaluations[evaluation].Name, Best: best, Dimensions: loadings.Columns)).ToList();
        return rows.Count == 0 ? null : new CompositionAnalysis(
            "Does a latent dimension stand for the scored cells?",
            "For each linear model (seed 0) the dimension whose loadings correlate most, in rank, with the mean expression of the evaluation's cells, log(1 + counts per 10,000), over all genes. P is Spearman's, times the number of dimensions looked at.",
            new Table(
                new TextColumn("model", [.. rows.Select(row => row.Name)]),
                new TextColumn("training", [.. rows.Select(row => row.Training)]),
                new TextColumn("evaluation", [.. rows.Select(row => row.Evaluation)]),
                new IntegerColumn("dimension", [.. rows.Select(row => (long)row.Best!.Dimension)]),
                new NumberColumn("Spearman", [.. rows.Select(row => row.Best!.Spearman.Coefficient)], "F2"),
                new NumberColumn("Pearson", [.. rows.Select(row => row.Best!.Pearson.Coefficient)], "F2"),
                new NumberColumn("P", [.. rows.Select(row => Math.Min(1, row.Best!.Spearman.PValue * row.Dimensions))], "G2")));
    }
}
