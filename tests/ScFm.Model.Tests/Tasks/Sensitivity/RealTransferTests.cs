using ScFm.Model.Models.Scad;
using ScFm.Model.Tasks.Sensitivity;
using ScFm.Model.Tests.Training;

namespace ScFm.Model.Tests.Tasks.Sensitivity;

/// <summary>What methods reach on real transfers.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class RealTransferTests
{
    private const int Genes = 300;

    [Fact]
    public void Cell_lines_are_told_by_mixtures_of_their_RNA()
    {
        var problem = RealTransfers.Mixtures("RNAmix_celseq2", Genes)[0];
        Assert.Equal((274, 114), (problem.Target.Count, problem.Target.Positives));
        var study = SensitivityStudy.Run([problem], [new LogisticMethod("expression"), new ScadMethod("expression", new() { Epochs = 10, Config = new() { Hidden = 64, Latent = 32 } })], folds: 3, seeds: 1);
        Assert.All(study.Outcomes, outcome => Assert.True(outcome.Auroc > 0.9, $"{outcome.Method}, fold {outcome.Fold}: {outcome.Auroc}"));
    }

    [Theory]
    [InlineData("RNAmix_celseq2")]
    [InlineData("RNAmix_sortseq")]
    public void Two_lines_stand_in_each_other_s_column_of_the_mixtures(string mixtures)
    {
        double Auroc(bool asNamed) => SensitivityStudy.Run([RealTransfers.Mixtures(mixtures, Genes, asNamed)[1]], [new LogisticMethod("expression")], folds: 3, seeds: 1).Outcomes.Average(outcome => outcome.Auroc);
        Assert.True(Auroc(asNamed: false) > 0.95);
        Assert.True(Auroc(asNamed: true) < 0.7);
    }

    [Fact]
    public void A_patient_s_cells_under_a_drug_are_told_by_those_of_the_others()
    {
        var problems = RealTransfers.Patients();
        Assert.Equal(["PW030", "PW032", "PW034", "PW036", "PW040"], problems.Select(problem => problem.Name));
        Assert.All(problems, problem => Assert.Equal((4000, 1000, 500), (problem.Source.Count, problem.Target.Count, problem.Target.Positives)));
        var study = SensitivityStudy.Run([problems[0]], [new PrevalenceMethod(), new ScadMethod("expression", new() { Epochs = 2, Config = new() { Hidden = 64, Latent = 32 } })], folds: 2, seeds: 1);
        Assert.True(study.Interval("PW030", "SCAD, expression", SensitivityMeasures.Auroc).Mean > 0.8);
        Assert.Equal(0.5, study.Interval("PW030", "source prevalence", SensitivityMeasures.Aupr).Mean, 12);
    }

    [Fact]
    public void All_transfers_by_all_methods()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("SCFM_LONG_TESTS") == "1", "This trains several hundred networks; set SCFM_LONG_TESTS=1 to run it.");
        foreach (var (problems, epochs) in new[] { (RealTransfers.Patients(), 4), (RealTransfers.Plates(genes: 1000), 12), (RealTransfers.Mixtures("RNAmix_celseq2", genes: 1000), 12), (RealTransfers.Mixtures("RNAmix_sortseq", genes: 1000), 12) })
        {
            var options = new ScadOptions { Epochs = epochs, Config = new() { Hidden = 256 } };
            var study = SensitivityStudy.Run(problems, [new PrevalenceMethod(), new LogisticMethod("expression"), new ScadMethod("expression", options), new ScadMethod("expression", options with { DomainWeight = 0 }, "SCAD without adversary")]);
            TestContext.Current.TestOutputHelper!.WriteLine(study.ToString());
            Assert.All(from problem in study.Problems from method in study.Methods.Skip(1) select (problem, method), one =>
                Assert.True(study.Interval(one.problem, one.method, SensitivityMeasures.Auroc).Mean > 0.7, $"{one.problem}, {one.method}"));
        }
    }
}
