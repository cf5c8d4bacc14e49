using ScFm.Model.Metrics;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tables;
using ScFm.Model.Tasks;

namespace ScFm.Interactive.Verbs;

public static partial class Verbs
{
    /// <summary>The scores of a model beside those of what learns nothing, in one table.</summary>
    /// <param name="model">A model that was pretrained here.</param>
    /// <param name="trial">A trial of enhancement. Default: none.</param>
    /// <exception cref="ArgumentException">The model was not pretrained here.</exception>
    public static TableView Summary(ScFoundationModel model, EnhancementTrial? trial = null)
    {
        var report = model.Report ?? throw new ArgumentException("The model was loaded, so how it was pretrained is not known; expected one that was pretrained here.");
        var rows = new List<(string Score, double Baseline, double GeneMean, double Model)>
        {
            ("masked MSE (baseline: zero)", report.ZeroLoss, report.GeneMeanLoss, report.ModelLoss),
        };
        if (trial is not null)
        {
            void Add(string name, Func<RecoveryScores, double> score) =>
                rows.Add(($"{name} at {trial.Rate:P0} of the reads (baseline: thinned cells)", score(trial.ObservedScores), score(trial.GeneMeanScores), score(trial.ModelScores)));
            Add("MAE", scores => scores.MeanAbsoluteError);
            Add("MRE", scores => scores.MeanRelativeError);
            Add("Pearson", scores => scores.Pearson);
        }
        return new Table(
            new TextColumn("held-out cells", [.. rows.Select(r => r.Score)]),
            new NumberColumn("baseline", [.. rows.Select(r => r.Baseline)], "F3"),
            new NumberColumn("gene mean", [.. rows.Select(r => r.GeneMean)], "F3"),
            new NumberColumn("model", [.. rows.Select(r => r.Model)], "F3")).View();
    }
}
