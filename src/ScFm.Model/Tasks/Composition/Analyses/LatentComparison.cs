using ScFm.Model.Metrics;
using ScFm.Model.Tables;

namespace ScFm.Model.Tasks.Composition;

/// <summary>How much of the latent space after one training the baseline training's latent space explains.</summary>
internal static class LatentComparison
{
    /// <summary>Every training against the baseline; null where no model has a latent space or there are too few cells.</summary>
    internal static CompositionAnalysis? Of(AnalysisInput input)
    {
        var baseline = input.Plan.BaselineName;
        var rows = (from model in input.Models
                    from target in input.Plan.Trainings.Select(training => training.Name)
                    where target != baseline || input.Plan.Seeds > 1
                    select Row(input, model, target, baseline)).OfType<(string Model, string Target, MeanInterval Mean, MeanInterval Least)>().ToList();
        return rows.Count == 0 ? null : new CompositionAnalysis(
            $"How much of a latent space does {baseline}'s explain?",
            $"R² of a linear regression of each latent dimension after the training on all dimensions after {baseline}, over all scored cells, each once: fitted on 70%, computed on the other 30%. Mean over dimensions, and the least of them: what {baseline} has no words for. "
            + (input.Plan.Seeds == 1
                ? "There is one seed, which all trainings begin from alike: nothing says what to expect of models that know the same."
                : $"Every row compares the next seed with each, so that no two models begin alike; the row {baseline} is what to expect of models that know the same. ± is the 95% interval over seeds."),
            new Table(
                new TextColumn("model", [.. rows.Select(row => row.Model)]),
                new TextColumn("training", [.. rows.Select(row => row.Target)]),
                new TextColumn("mean R²", [.. rows.Select(row => row.Mean.ToString("F3"))]),
                new TextColumn("least R²", [.. rows.Select(row => row.Least.ToString("F3"))])));
    }

    private static (string, string, MeanInterval, MeanInterval)? Row(AnalysisInput input, IStudyModel model, string target, string baseline)
    {
        var explained = new List<LatentExplanation>();
        foreach (var seed in input.Seeds)
        {
            var (of, by) = (input.LatentOfAll(model, target, (seed + 1) % input.Plan.Seeds), input.LatentOfAll(model, baseline, seed));
            if (of is null || by is null || of.Rows < LeastCells(by.Columns))
            {
                return null;
            }
            explained.Add(LatentExplanation.Of(of, by, seed));
        }
        return (model.Name, target, MeanInterval.Of(explained.Select(one => one.Mean)), MeanInterval.Of(explained.Select(one => one.R2.Where(value => !double.IsNaN(value)).DefaultIfEmpty(double.NaN).Min())));
    }

    // 70% of the cells have to outnumber the dimensions well, or the fit is to chance.
    private static int LeastCells(int dimensions) => 5 * dimensions;
}
