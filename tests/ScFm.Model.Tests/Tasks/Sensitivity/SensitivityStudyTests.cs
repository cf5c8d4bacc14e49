using ScFm.Model.Models.Scad;
using ScFm.Model.Tasks;
using ScFm.Model.Tasks.Sensitivity;
using ScFm.Model.Tests.Training;

namespace ScFm.Model.Tests.Tasks.Sensitivity;

/// <summary>Methods on simulated bulk samples and cells.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class SensitivityStudyTests
{
    private static readonly ScadOptions Small = new() { Config = new ScadConfig { Hidden = 128, Latent = 64 } };

    [Fact]
    public void Methods_are_scored_on_cells_and_on_left_out_samples_over_folds_and_seeds()
    {
        var (source, target) = SimulatedTransfer.Make();
        var problem = CellTransfer.Of("simulated", source, target);
        var study = SensitivityStudy.Run([problem], [new PrevalenceMethod(), new LogisticTransfer("expression"), new ScadMethod("expression", Small), new ScadMethod("expression", Small with { DomainWeight = 0 }, "no adaptation")], seeds: 2);
        TestContext.Current.TestOutputHelper!.WriteLine(study.ToString());
        Assert.Equal(4 * 5 * 2, study.Outcomes.Count);
        Assert.Equal((0.5, 0), (study.Interval("simulated", "source prevalence", fold => fold.Auroc).Mean, study.Interval("simulated", "source prevalence", fold => fold.Auroc).HalfWidth));
        Assert.All(study.Methods.Skip(1), method => Assert.True(study.Interval("simulated", method, fold => fold.SourceAuroc).Mean > 0.9, method));
        Assert.All(study.Methods.Skip(1), method => Assert.True(study.Interval("simulated", method, fold => fold.Auroc).Mean > 0.6, method));
    }
}
