using System.Globalization;
using ScFm.Interactive.Figures.Marks;
using ScFm.Model.Screens;
using ScFm.Model.Tables;
using ScFm.Model.Tasks.Perturbations;
using Spread = ScFm.Model.Metrics.Spread;

namespace ScFm.Interactive.Figures;

public static partial class Plots
{
    private const int GenesInRow = 10; // so that their names have room

    /// <summary>Predicted against observed change from control of the 20 genes that each perturbation changes most clearly, a panel a method; on the dashed line both are equal.</summary>
    /// <param name="study">The study; the first seed of each split is shown.</param>
    public static Figure PerturbationChanges(PerturbationStudy study)
    {
        var panels = study.Methods.Select(method =>
        {
            var groups = study.OutcomesOf(method).GroupBy(outcome => outcome.Split).SelectMany(split => split.First().Groups).ToArray();
            var changes = groups.SelectMany(group => TopGenes(study, group).Select(gene => (gene.Truth - gene.Control, group.Predicted[gene.Place] - gene.Control))).ToArray();
            var range = Extent.Of(changes.Select(change => change.Item1));
            var panel = AgreementPanel([.. changes.Select(change => change.Item1)], [.. changes.Select(change => change.Item2)], Extent.Widened(range, 0.04), size: 4);
            return panel with
            {
                Title = string.Create(CultureInfo.InvariantCulture, $"{method}: MSE {groups.Average(group => group.Score.MseTop):0.0000}"),
                X = panel.X with { Title = "observed change" },
                Y = new Axis { Title = "predicted change" },
            };
        }).ToArray();
        return InRows(panels, "Changes from control of the 20 genes that change most clearly, first seed");
    }

    /// <summary>The genes that a perturbation changes most clearly: boxes of the control cells and of the perturbed cells, beside what each method predicts (boxes where it predicts cells, points where it predicts a mean).</summary>
    /// <param name="study">The study.</param>
    /// <param name="condition">The condition's name, such as "CEBPE+ETS2". Default: the one that changes cells most.</param>
    /// <param name="context">The context's name. Default: that in which it changes cells most.</param>
    /// <exception cref="KeyNotFoundException">The study predicts no such perturbation.</exception>
    public static Figure PerturbedGenes(PerturbationStudy study, string? condition = null, string? context = null)
    {
        bool IsAsked(GroupOutcome group) => (condition is null || group.Condition == condition) && (context is null || group.Context == context);
        var shown = study.Outcomes.SelectMany(outcome => outcome.Groups).Where(IsAsked).MaxBy(group => TopGenes(study, group).Sum(gene => Math.Pow(gene.Truth - gene.Control, 2)))
            ?? throw new KeyNotFoundException($"The study predicts no cells of {condition ?? "any perturbation"}{(context is null ? "" : $" in {context}")}; it predicts {string.Join(", ", study.Outcomes.SelectMany(outcome => outcome.Groups).Select(group => group.Condition).Distinct().Take(5))}, ...");
        var predicted = study.Methods.Select(method => (Method: method, Group: study.OutcomesOf(method).SelectMany(outcome => outcome.Groups).First(group => group.Condition == shown.Condition && group.Context == shown.Context))).ToArray();
        var (place, genes) = (Place(study.Screen, shown), TopGenes(study, shown));
        var panels = genes.Chunk(GenesInRow).Select((row, start) =>
        {
            Spread[] Cells(int[] cells) => [.. row.Select(gene => Spread.Of(study.Screen.Values(cells, gene.Place)))];
            var places = Enumerable.Range(start * GenesInRow, row.Length).ToArray();
            IEnumerable<Mark> boxes =
            [
                new Boxes(Cells(study.Screen.ControlCells(place.Context))) { Name = "control cells", Colour = Palette.Missing },
                new Boxes(Cells(study.Screen.CellsOf(place))) { Name = "perturbed cells", Colour = Palette.At(0) },
                .. predicted.Select((one, i) => (one, i)).Where(one => one.one.Group.Spreads is not null)
                    .Select(one => new Boxes([.. places.Select(gene => one.one.Group.Spreads![gene])]) { Name = $"{one.one.Method}, cells", Colour = Palette.At(one.i + 1) }),
            ];
            var means = predicted.Select((one, i) => new Points(
                [.. row.Select((_, at) => at + 0.3 * (2.0 * i / Math.Max(1, predicted.Length - 1) - 1))], [.. row.Select(gene => (double)one.Group.Predicted[gene.Place])]) { Name = one.Method, Colour = Palette.At(i + 1), Size = 7 });
            return new Panel([.. boxes, .. means])
            {
                X = new Axis { Categories = [.. row.Select(gene => gene.Gene)], ShowGrid = false },
                Y = new Axis { Title = "log1p of counts per 10,000" },
            };
        }).ToArray();
        return new Figure(panels) { Columns = 1, Width = StudyWidth, Height = 50 + 270 * panels.Length, Title = $"{study.Screen.NameOf(place)} ({shown.Kind}): cells and predicted means of the genes that change most" };
    }

    /// <summary>By how much a method's error over the 20 genes of each perturbation is below another's, the largest gain first.</summary>
    /// <param name="study">The study.</param>
    /// <param name="method">The method.</param>
    /// <param name="baseline">The method it is compared with.</param>
    /// <exception cref="KeyNotFoundException">The study has no such method.</exception>
    public static Figure PerturbationGain(PerturbationStudy study, string method, string baseline) =>
        Gain(((NumberColumn)study.GainByPerturbation(method, baseline)["gain"]).Values.ToArray(), "perturbations", "error less, top 20 genes", $"{method} over {baseline}");

    /// <summary>How much a perturbation is predicted to change the genes that it changes most.</summary>
    /// <param name="screen">The screen whose control cells the prediction starts from.</param>
    /// <param name="change">The prediction.</param>
    /// <param name="top">How many genes. Default: 20.</param>
    public static Figure PredictedChange(PerturbationScreen screen, PredictedChange change, int top = PerturbationScore.TopGenes)
    {
        var genes = change.Top(screen, top);
        return Bar([.. genes.Select(gene => screen.Genes[gene])], [.. genes.Select(gene => change.Of(screen, gene))], change.NameIn(screen), "predicted change, log1p of counts per 10,000") with { Width = StudyWidth };
    }

    /// <summary>The pairs that act most strongly together and least, measured and as methods predict them, as Venn pictures.</summary>
    /// <param name="interactions">The interactions.</param>
    /// <param name="methods">One method, or two that predict the same pairs.</param>
    /// <exception cref="ArgumentException">There are fewer or more methods.</exception>
    public static Figure InteractionVenn(GeneticInteractions interactions, params IReadOnlyList<string> methods)
    {
        if (methods.Count is not (1 or 2))
        {
            throw new ArgumentException($"The picture was asked for {methods.Count} methods; expected 1 or 2.");
        }

        static string[] Names(IEnumerable<PairInteraction> pairs) => [.. pairs.Select(pair => $"{pair.Pair} in {pair.Context}")];
        Panel Ends(bool synergy, string called)
        {
            var ends = methods.Select(method => interactions.Strongest(method, synergy)).ToArray();
            return VennPanel([("measured", Names(ends[0].Measured)), .. methods.Zip(ends, (method, end) => (method, Names(end.Predicted)))]) with { Title = $"the {ends[0].Measured.Count} strongest {called}" };
        }

        return new Figure(Ends(synergy: true, "synergies"), Ends(synergy: false, "suppressions")) { Width = StudyWidth, Height = methods.Count == 1 ? 300 : 400 };
    }

    /// <summary>Predicted against measured magnitude of the interaction of each pair that was not seen, a panel a method.</summary>
    /// <param name="interactions">The interactions.</param>
    public static Figure InteractionMagnitudes(GeneticInteractions interactions)
    {
        var range = Extent.Widened(Extent.Of(interactions.Pairs.Select(pair => pair.Measured.Magnitude)), 0.06);
        return InRows([.. interactions.Methods.Select(method =>
        {
            PairInteraction[] pairs = [.. interactions.Pairs.Where(pair => pair.Predicted.ContainsKey(method))];
            var panel = AgreementPanel([.. pairs.Select(pair => pair.Measured.Magnitude)], [.. pairs.Select(pair => pair.Predicted[method].Magnitude)], range, size: 6);
            var agreement = interactions.Agreement(method);
            return panel with
            {
                Title = double.IsNaN(agreement) ? $"{method}: the same for all" : string.Create(CultureInfo.InvariantCulture, $"{method}: Pearson {agreement:0.00}"),
                X = panel.X with { Title = "measured magnitude" },
                Y = new Axis { Title = "predicted magnitude" },
            };
        })], "How strongly pairs act together; where effects add up the magnitude is 1.41");
    }

    private static PerturbedGroup Place(PerturbationScreen screen, GroupOutcome group) =>
        screen.Groups.First(one => screen.Conditions[one.Condition].ToString() == group.Condition && screen.Contexts[one.Context] == group.Context);

    private static (string Gene, int Place, double Control, double Truth)[] TopGenes(PerturbationStudy study, GroupOutcome group)
    {
        var screen = study.Screen;
        var (place, places) = (Place(screen, group), screen.Genes.Select((gene, at) => (gene, at)).DistinctBy(one => one.gene).ToDictionary(one => one.gene, one => one.at));
        var (control, truth) = (screen.ControlMean(place.Context), screen.Mean(place));
        return [.. group.Top.Select(gene => (gene, places[gene], (double)control[places[gene]], (double)truth[places[gene]]))];
    }
}
