using ScFm.Model.Models.Scad;
using ScFm.Model.Tables;
using ScFm.Model.Tasks;
using ScFm.Model.Tasks.Sensitivity;
using ScFm.Model.Tests.Training;

namespace ScFm.Model.Tests.Tasks.Sensitivity;

/// <summary>Methods on simulated bulk samples and cells.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class SensitivityStudyTests
{
    private static readonly ScadOptions Small = new() { Config = new ScadConfig { Hidden = 64, Latent = 32 }, Epochs = 15 };

    private static readonly Lazy<TransferProblem> Simulated = new(() =>
    {
        var (source, target) = SimulatedTransfer.Make();
        return CellTransfer.Of("simulated", source, target);
    });

    [Fact]
    public void Methods_are_scored_on_cells_and_on_left_out_samples()
    {
        var study = SensitivityStudy.Run([Simulated.Value], [new PrevalenceMethod(), new LogisticMethod("expression"), new ScadMethod("expression", Small)], folds: 5, seeds: 2);
        Assert.Equal(3 * 5 * 2, study.Outcomes.Count);
        Assert.Equal((0.5, 0.5, 0), (study.Interval("simulated", "source prevalence", SensitivityMeasures.Auroc).Mean, study.Interval("simulated", "source prevalence", SensitivityMeasures.Aupr).Mean, study.Interval("simulated", "source prevalence", SensitivityMeasures.Auroc).HalfWidth));
        Assert.All(study.Methods.Skip(1), method => Assert.True(study.Interval("simulated", method, SensitivityMeasures.SourceAuroc).Mean > 0.85, $"{method}, samples: {study}"));
        Assert.All(study.Methods.Skip(1), method => Assert.True(study.Interval("simulated", method, SensitivityMeasures.Auroc).Mean > 0.6, $"{method}, cells: {study}"));
        Assert.Equal(300, study.OutcomesOf("simulated", "SCAD, expression").SelectMany(fold => fold.Cells).Distinct().Count());
        Assert.Matches(@"^simulated: SCAD, expression beats source prevalence, AUROC 0\.\d{3} and 0\.500", Assert.Single(study.Findings("SCAD, expression", "source prevalence")));
        Assert.Contains("no method 'SHAP'", Assert.Throws<KeyNotFoundException>(() => study.Findings("SHAP", "source prevalence").ToArray()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_sample_or_cell_is_both_learnt_from_and_scored_and_both_classes_are_in_every_fold()
    {
        var problem = Simulated.Value;
        var folds = TransferFold.Of(problem, 5, seed: 1);
        Assert.All(folds, fold =>
        {
            Assert.Equal(Enumerable.Range(0, problem.Target.Count), fold.Target.Concat(fold.Test).Order());
            Assert.Equal(Enumerable.Range(0, problem.Source.Count), fold.Source.Concat(fold.HeldOut).Order());
            Assert.Equal((60, 30), (fold.Test.Length, fold.Test.Count(cell => problem.Target.Labels[cell])));
            Assert.Equal((40, 20), (fold.HeldOut.Length, fold.HeldOut.Count(sample => problem.Source.Labels[sample])));
        });
        Assert.Equal(300, folds.SelectMany(fold => fold.Test).Distinct().Count());
    }

    [Fact]
    public void What_a_method_sees_does_not_change_with_the_classes_of_the_target()
    {
        var problem = Simulated.Value;
        var turned = new TransferProblem("turned", "sensitive", problem.Source, problem.Target with { Labels = Array.ConvertAll(problem.Target.Labels, label => !label) }, problem.Tables);
        var fold = TransferFold.Of(problem, 3, seed: 0)[0];
        float[] Predicted(TransferProblem of) => new ScadMethod("expression", Small with { Epochs = 1 }).Predict(new TransferView(of, fold), seed: 0, default);
        Assert.Equal(Predicted(problem), Predicted(turned));
    }

    [Fact]
    public void A_result_is_kept_until_anything_it_depends_on_changes()
    {
        using var folder = new TemporaryFolder();
        var store = new ResultStore(folder.Path);
        SensitivityOutcome First(ITransferMethod method, int folds) => SensitivityStudy.Run([Simulated.Value], [method], folds, seeds: 1, store).Outcomes[0];
        var kept = First(new PrevalenceMethod(), 2);
        Assert.Equal(kept.Seconds, First(new PrevalenceMethod(), 2).Seconds);
        Assert.NotEqual(kept.Cells, First(new PrevalenceMethod(), 3).Cells);
    }

    [Fact]
    public void Each_group_is_told_by_all_others_and_their_mean_stands_below()
    {
        var cells = SimulatedTransfer.Make(20, 60).Target;
        cells.Obs = cells.Obs.With(CategoryColumn.FromLabels("patient", Enumerable.Range(0, 60).Select(cell => cell < 20 ? "a" : cell < 58 ? "b" : null)));
        var problems = CellTransfer.LeaveOneOut(cells, "patient");
        Assert.Equal([("a", 38, 20), ("b", 20, 38)], problems.Select(problem => (problem.Name, problem.Source.Count, problem.Target.Count)));
        var table = SensitivityStudy.Run(problems, [new PrevalenceMethod()], folds: 2, seeds: 1).ToTable();
        Assert.Equal(["a", "b", "mean of 2"], Enumerable.Range(0, table.RowCount).Select(table["transfer"].Text));
    }
}
