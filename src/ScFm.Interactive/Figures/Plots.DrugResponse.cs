using System.Globalization;
using ScFm.Interactive.Figures.Marks;
using ScFm.Model.Tables;
using ScFm.Model.Tasks.DrugResponse;

namespace ScFm.Interactive.Figures;

public static partial class Plots
{
    private const int ResponseColumns = 3;

    /// <summary>Predicted against measured responses, a panel a method; on the dashed line both are equal.</summary>
    /// <param name="study">The study; the first split and seed of each method are shown.</param>
    public static Figure Responses(DrugResponseStudy study)
    {
        var first = study.Outcomes.Where(outcome => outcome.Split == study.Splits[0]).GroupBy(outcome => outcome.Method).Select(group => group.First()).ToArray();
        var range = Extent.Of([.. first.SelectMany(outcome => outcome.Truth.Select(value => (double)value))]);
        var panels = first.Select(outcome => new Panel(
            new Points(Wide(outcome.Truth), Wide(outcome.Predicted)) { Size = 3, Opacity = 0.4 },
            new Line([range.Least, range.Greatest], [range.Least, range.Greatest]) { Dashed = true, Colour = Palette.Missing, Width = 1.2 })
        {
            Title = string.Create(CultureInfo.InvariantCulture, $"{outcome.Method}: Pearson {outcome.All.Pearson:0.000}, within drugs {outcome.WithinDrugs.Pearson:0.000}"),
            X = new Axis { Title = "measured ln IC50", Range = range },
            Y = new Axis { Title = "predicted ln IC50" },
        }).ToArray();
        var rows = (panels.Length + ResponseColumns - 1) / ResponseColumns;
        return new Figure(panels) { Columns = Math.Min(ResponseColumns, panels.Length), Width = StudyWidth, Height = 40 + 300 * rows, Title = $"Predicted and measured responses, {study.Splits[0]}" };

        static double[] Wide(float[] values) => Array.ConvertAll(values, value => (double)value);
    }

    /// <summary>By how much a method's correlation within each drug is above another's, the largest gain first.</summary>
    /// <param name="study">The study.</param>
    /// <param name="method">The method.</param>
    /// <param name="baseline">The method it is compared with.</param>
    /// <exception cref="ArgumentException">The study has no such method.</exception>
    public static Figure ResponseGain(DrugResponseStudy study, string method, string baseline)
    {
        var table = study.GainByDrug(method, baseline);
        return Gain(((NumberColumn)table["gain"]).Values.ToArray(), "drugs", "gain in Pearson within the drug", $"{method} over {baseline}");
    }

    /// <summary>Gains in descending order as a line, and how many of them are above zero.</summary>
    private static Figure Gain(double[] gain, string things, string measure, string title) => new([new Panel(
        new Line([1, Math.Max(1, gain.Length)], [0, 0]) { Dashed = true, Colour = Palette.Missing, Width = 1.2 },
        new Line([.. Enumerable.Range(1, gain.Length).Select(place => (double)place)], gain) { Dots = gain.Length <= 60 })
    {
        X = new Axis { Title = $"{things} by gain" },
        Y = new Axis { Title = measure },
    }])
    {
        Width = StudyWidth,
        Height = 340,
        Title = string.Create(CultureInfo.InvariantCulture, $"{title}: better for {gain.Count(value => value > 0)} of {gain.Length} {things}"),
    };
}
