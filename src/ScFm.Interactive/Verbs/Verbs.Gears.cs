using ScFm.Interactive.Figures;
using ScFm.Interactive.Hosting;
using ScFm.Model.Cells;
using ScFm.Model.GeneSets;
using ScFm.Model.Models.Gears;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Screens;
using ScFm.Model.Tables;
using ScFm.Model.Tasks;
using ScFm.Model.Tasks.Perturbations;

namespace ScFm.Interactive.Verbs;

public static partial class Verbs
{
    private const int PicturesOfChanges = 4;

    /// <summary>Predicts the expression of cells after perturbations, those that were never measured too.</summary>
    /// <param name="model">A GEARS, such as <see cref="PerturbTrain"/> makes.</param>
    /// <param name="cells">Cells with raw counts, control cells among them, of the model's genes.</param>
    /// <param name="perturbations">Conditions with commas between, such as "CEBPE+ETS2,KLF1".</param>
    /// <param name="column">The column of obs that says what was perturbed. Default: perturbation.</param>
    /// <param name="context">The column of obs that says in what; every context with control cells is predicted. Default: none.</param>
    /// <param name="depth">The column of obs with each cell's counts of all genes. Default: the sum of its counts.</param>
    /// <param name="controls">Labels of control cells beyond the usual ones, with commas between. Default: none.</param>
    /// <param name="top">Genes of a perturbation, those that are predicted to change most. Default: 20.</param>
    /// <returns>A row a perturbation, context and gene: mean expression of the control cells, as predicted, and the change, log1p of counts per 10,000; and the model's own uncertainty, where it has one.</returns>
    [Verb("perturb", "Predicts the expression of cells after perturbations, those that were never measured too.", Into = "predicted", OnDevice = true)]
    public static Table Perturb(
        [Option("a GEARS")] GearsModel model,
        [Option("cells with raw counts, control cells among them")] ICellSource cells,
        [Option("conditions with commas between, such as CEBPE+ETS2,KLF1")] string perturbations,
        [Option(ScreenColumnHelp)] string column = "perturbation",
        [Option(ScreenContextHelp)] string? context = null,
        [Option(ScreenDepthHelp)] string? depth = null,
        [Option(ScreenControlsHelp)] string? controls = null,
        [Option("genes of a perturbation, those that are predicted to change most")] int top = PerturbationScore.TopGenes)
    {
        var host = NotebookHost.Current;
        var screen = ScreenReader.Read(cells, new ScreenOptions
        {
            Column = column,
            Context = context,
            Depth = depth,
            Controls = controls is null ? [] : Names(controls),
            Unmeasured = UnmeasuredTargets.Keep,
            Genes = model.Genes,
            AllowsControlAlone = true,
        }, host.Cancellation);
        var predicted = PredictedChanges.Of(model, screen, Names(perturbations), host.Cancellation);
        foreach (var change in predicted.Take(PicturesOfChanges))
        {
            Show(Plots.PredictedChange(screen, change));
        }
        return PredictedChanges.ToTable(screen, predicted, top);
    }

    /// <summary>Trains a GEARS on all perturbations of a screen.</summary>
    /// <param name="cells">Cells with raw counts.</param>
    /// <param name="column">The column of obs that says what was perturbed. Default: perturbation.</param>
    /// <param name="context">The column of obs that says in what. Default: none.</param>
    /// <param name="depth">The column of obs with each cell's counts of all genes. Default: the sum of its counts.</param>
    /// <param name="controls">Labels of control cells beyond the usual ones, with commas between. Default: none.</param>
    /// <param name="unmeasured">refuse, keep or leave-out. Default: refuse.</param>
    /// <param name="options">What differs from the defaults of <see cref="GearsOptions"/>. Default: nothing.</param>
    /// <param name="geneSets">A file of gene sets whose sharing makes perturbations alike. Default: none.</param>
    /// <param name="foundation">A scFoundation that gives each cell's genes their vectors. Default: none.</param>
    /// <param name="mostGenes">The most genes to predict. Default: 5,000.</param>
    /// <param name="seed">Seed of everything random. Default: 0.</param>
    [Verb("perturb train", "Trains a GEARS on a perturbation screen.", Into = "model", OnDevice = true, Trains = true)]
    public static GearsModel PerturbTrain(
        [Option("cells with raw counts")] ICellSource cells,
        [Option(ScreenColumnHelp)] string column = "perturbation",
        [Option(ScreenContextHelp)] string? context = null,
        [Option(ScreenDepthHelp)] string? depth = null,
        [Option(ScreenControlsHelp)] string? controls = null,
        [Option(UnmeasuredHelp, Allowed = ["refuse", "keep", "leave-out"])] string unmeasured = "refuse",
        [Option(GearsHelp)] string? options = null,
        [Option(GearsSetsHelp)] string? geneSets = null,
        [Option(GearsFoundationHelp)] ScFoundationModel? foundation = null,
        [Option("the most genes to predict")] int mostGenes = 5000,
        [Option("seed of everything random")] int seed = 0)
    {
        var host = NotebookHost.Current;
        var settings = OptionText.Changed(new GearsOptions(), options, "GEARS") with { Seed = seed };
        var screen = ReadScreen(cells, column, context, depth, controls, unmeasured, mostGenes);
        var (training, validation) = PerturbationSplits.Whole(screen, seed);
        using var view = new TrainingView(host, "Training GEARS", "loss (fourth power)");
        var model = GearsModel.Train(screen, training, validation, settings, geneSets is null ? null : GeneSetFile.Read(geneSets), foundation, progress: view, cancellation: host.Cancellation);
        view.Finish(model.Run!, []);
        foreach (var note in model.Notes)
        {
            Say(note);
        }
        return model;
    }
}
