using System.Globalization;
using ScFm.Model.Tables;
using ScFm.Model.Tasks.DrugResponse;

namespace ScFm.Interactive.Figures;

public static partial class Plots
{
    /// <summary>Predicted against measured responses, a panel a method; on the dashed line both are equal.</summary>
    /// <param name="study">The study; the first split and seed of each method are shown.</param>
    public static Figure Responses(DrugResponseStudy study)
    {
        var first = study.Outcomes.Where(outcome => outcome.Split == study.Splits[0]).GroupBy(outcome => outcome.Method).Select(group => group.First()).ToArray();
        var range = Extent.Of([.. first.SelectMany(outcome => outcome.Truth.Select(value => (double)value))]);
        return InRows([.. first.Select(outcome =>
        {
            var panel = AgreementPanel(Wide(outcome.Truth), Wide(outcome.Predicted), range, size: 3);
            return panel with
            {
                Title = outcome.Method,
                X = panel.X with { Title = Agreement(outcome) },
                Y = new Axis { Title = "predicted" },
            };
        })], $"Predicted and measured ln IC50, {study.Splits[0]}; r: Pearson");

        static string Agreement(ResponseOutcome outcome) => double.IsNaN(outcome.All.Pearson)
            ? "measured: one value for all"
            : string.Create(CultureInfo.InvariantCulture, $"measured: r {outcome.All.Pearson:0.000}, within drugs {outcome.WithinDrugs.Pearson:0.000}");

        static double[] Wide(float[] values) => Array.ConvertAll(values, value => (double)value);
    }

    /// <summary>By how much a method's correlation within each drug is above another's, the largest gain first.</summary>
    /// <param name="study">The study.</param>
    /// <param name="method">The method.</param>
    /// <param name="baseline">The method it is compared with.</param>
    /// <exception cref="KeyNotFoundException">The study has no such method.</exception>
    public static Figure ResponseGain(DrugResponseStudy study, string method, string baseline)
    {
        var table = study.GainByDrug(method, baseline);
        return Gain(((NumberColumn)table["gain"]).Values.ToArray(), "drugs", "gain in Pearson within the drug", $"{method} over {baseline}");
    }
}
