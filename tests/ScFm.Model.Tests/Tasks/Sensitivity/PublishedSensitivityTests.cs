using ScFm.Model.Tasks.Sensitivity;

namespace ScFm.Model.Tests.Tasks.Sensitivity;

/// <summary>The published predictions, cell by cell, under our scores.</summary>
public sealed class PublishedSensitivityTests
{
    [Theory]
    [InlineData("Sorafenib", 120, 0.5583, 0.6241, 0.8389, 0.8491)]
    [InlineData("NVP-TAE684", 120, 0.6236, 0.6838, 0.8389, 0.8562)]
    [InlineData("PLX4720_451Lu", 155, 0.3761, 0.4691, 0.6586, 0.6789)]
    [InlineData("Etoposide", 1393, 0.6587, 0.6937, 0.6793, 0.7234)]
    public void Our_scores_of_the_published_predictions_are_the_published_ones(string drug, int cells, double auroc, double aupr, double embeddedAuroc, double embeddedAupr)
    {
        var study = PublishedSensitivity.Read(TestFolders.Real("scad/published_results"));
        Assert.Equal(["published, expression", "published, scFoundation"], study.Methods);
        foreach (var (method, roc, precision) in new[] { (study.Methods[0], auroc, aupr), (study.Methods[1], embeddedAuroc, embeddedAupr) })
        {
            Assert.Equal(cells, study.OutcomesOf(drug, method).SelectMany(fold => fold.Cells).Distinct().Count());
            Assert.Equal(roc, study.Interval(drug, method, SensitivityMeasures.Auroc).Mean, 4);
            Assert.Equal(precision, study.Interval(drug, method, SensitivityMeasures.Aupr).Mean, 4);
        }
    }
}
