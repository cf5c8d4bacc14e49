using ScFm.Model.Tables;

namespace ScFm.Model.Tasks.Composition;

/// <summary>How many genes trainings and evaluations express, and how many of an evaluation's a training has.</summary>
internal static class ExpressedGenes
{
    /// <summary>Genes above 1 count per 10,000.</summary>
    internal static CompositionAnalysis Of(AnalysisInput input)
    {
        var evaluations = input.Cells.Evaluations.Select(evaluation => Expressed(GeneExpression.Means(evaluation.Cells, cancellation: input.Cancellation))).ToList();
        var trainings = input.Plan.Trainings.Select(training => Expressed(GeneExpression.Means(input.Cells.Trainings[(training.Name, 0)].Cells, cancellation: input.Cancellation))).ToList();
        return new CompositionAnalysis(
            "Which genes does a training show at all?",
            "Genes with a mean above 1 count per 10,000 in the training's cells (seed 0), and the share of each evaluation's such genes that are among them.",
            new Table(
            [
                new TextColumn("training", [.. input.Plan.Trainings.Select(training => training.Name)]),
                new IntegerColumn("genes", [.. trainings.Select(genes => (long)genes.Count)]),
                .. input.Cells.Evaluations.Zip(evaluations, (evaluation, genes) => new TextColumn(
                    FormattableString.Invariant($"of {evaluation.Name}'s {genes.Count}"), [.. trainings.Select(training => Share(genes, training))])),
            ]));
    }

    private static HashSet<int> Expressed(double[] means) => [.. GeneExpression.Above(means)];

    private static string Share(HashSet<int> of, HashSet<int> by) =>
        of.Count == 0 ? "none" : ((double)of.Count(by.Contains) / of.Count).ToString("P0", System.Globalization.CultureInfo.InvariantCulture);
}
