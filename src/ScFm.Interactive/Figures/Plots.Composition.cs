using System.Globalization;
using ScFm.Interactive.Figures.Marks;
using ScFm.Model.Tasks.Composition;

namespace ScFm.Interactive.Figures;

public static partial class Plots
{
    private const double SeedWidth = 7; // pixels of the line that spans the error over seeds
    private const double CellWidth = 1.6; // and of the one over cells
    private const double MostDoublings = 3;

    /// <summary>The scores of one model: trainings by evaluations, the mean score in each place, coloured by log2 of its ratio to the baseline training.</summary>
    /// <remarks>
    /// A star: different from the baseline by the published test, paired t over cells and seeds, P &lt; 0.05 after Bonferroni. Two stars: also by a paired t
    /// over the seeds' means, P &lt; 0.05 after Bonferroni. Source: Nadig et al. 2025, Fig. 2.
    /// </remarks>
    /// <param name="study">The study.</param>
    /// <param name="model">The model. Default: the first.</param>
    /// <exception cref="KeyNotFoundException">There is no such model.</exception>
    public static Figure Composition(CompositionStudy study, string? model = null)
    {
        var name = Known(study, model);
        var rows = study.Summaries.Where(summary => summary.Model == name).ToDictionary(summary => (summary.Training, summary.Evaluation));
        var places = (from y in Enumerable.Range(0, study.Trainings.Count)
                      from x in Enumerable.Range(0, study.Evaluations.Count)
                      select (X: x + 0.5, Y: y + 0.5, Summary: rows[(study.Trainings[y], study.Evaluations[x])])).ToList();
        float[] folds = [.. places.Select(place => (float)(place.Summary.Training == study.Baseline ? 0 : place.Summary.Log2Fold.Mean))];
        var largest = Math.Clamp(folds.Where(float.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max(), 0.1, MostDoublings);
        var map = HeatMap(study.Trainings, study.Evaluations, folds, $"{name}: {study.ScoreOf(name)} in numbers, change from {study.Baseline} in colour", "log2 fold", ColourScale.BlueWhiteRed);
        var panel = map.Panels[0];
        return map with
        {
            Height = 120 + 34 * study.Trainings.Count,
            Width = Math.Max(640, 240 + 90 * study.Evaluations.Count),
            Panels =
            [
                panel with
                {
                    Marks =
                    [
                        ((HeatMap)panel.Marks[0]) with { Range = (-largest, largest) },
                        new Texts([.. places.Select(place => place.X)], [.. places.Select(place => place.Y)], [.. places.Select(place => Label(study, place.Summary))]),
                    ],
                },
            ],
        };
    }

    /// <summary>Every training's mean score with its two errors, a panel an evaluation: thick over seeds, thin over cells; beside it what any model must beat.</summary>
    /// <param name="study">The study.</param>
    /// <param name="model">The model. Default: the first.</param>
    /// <exception cref="KeyNotFoundException">There is no such model.</exception>
    public static Figure CompositionScores(CompositionStudy study, string? model = null)
    {
        var name = Known(study, model);
        var panels = study.Evaluations.Select((evaluation, place) =>
        {
            var scores = study.Trainings.Select(training => study.Score(name, training, evaluation)).ToArray();
            return new Panel(
            [
                .. scores.SelectMany((score, i) => new[] { Error(score.Mean, score.CellError, i, CellWidth), Error(score.Mean, score.SeedError, i, SeedWidth) }),
                new Points([.. scores.Select(score => score.Mean)], [.. Enumerable.Range(0, scores.Length).Select(i => (double)i)]) { Name = place == 0 ? name : null, Size = 7 },
                .. study.BaselinesOf(name).Select((baseline, i) => new Points(
                    [.. study.Trainings.Select(training => study.Score(baseline, training, evaluation).Mean)], [.. Enumerable.Range(0, scores.Length).Select(row => (double)row)])
                {
                    Name = place == 0 ? baseline : null,
                    Colour = i == 0 ? Palette.At(1) : i == 1 ? Palette.At(7) : Palette.At(2),
                    Size = 5,
                }),
            ])
            {
                Title = evaluation,
                Y = new Axis { Categories = study.Trainings, ShowGrid = false, Reversed = true },
            };
        });
        return Grid([.. panels], "Mean score, with its standard errors over seeds (thick) and over cells (thin)", 90 + 26 * study.Trainings.Count);
    }

    private static Line Error(double mean, double error, int row, double width) =>
        new(double.IsNaN(error) ? [] : [mean - error, mean + error], double.IsNaN(error) ? [] : [row, row]) { Width = width, Opacity = width == SeedWidth ? 0.35 : 1 };

    private static string Label(CompositionStudy study, CompositionSummary summary)
    {
        var value = summary.Score.Mean.ToString("0.00", CultureInfo.InvariantCulture);
        if (summary.Training == study.Baseline || !(study.Corrected(summary.OverCellsAndSeeds) < CompositionStudy.Significant))
        {
            return value;
        }
        return value + (study.Corrected(summary.OverSeeds) < CompositionStudy.Significant ? " **" : " *");
    }

    private static string Known(CompositionStudy study, string? model) => model is null ? study.Models[0]
        : study.Models.Contains(model) ? model
        : throw new KeyNotFoundException($"The study has no model '{model}'; it has {string.Join(", ", study.Models)}.");
}
