using System.Globalization;
using ScFm.Interactive.Display;
using ScFm.Interactive.Figures;
using ScFm.Interactive.Hosting;
using ScFm.Model.Cells;
using ScFm.Model.GeneSets;
using ScFm.Model.Models.Gears;
using ScFm.Model.Models.ScBert;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Screens;
using ScFm.Model.Tables;
using ScFm.Model.Tasks;
using ScFm.Model.Tasks.Perturbations;

namespace ScFm.Interactive.Verbs;

public static partial class Verbs
{
    private const string ScreenColumnHelp = "column of obs that says what was perturbed";
    private const string ScreenContextHelp = "column of obs that says in what, such as a cell type or a patient (default: none)";
    private const string ScreenDepthHelp = "column of obs with each cell's counts of all genes (default: the sum of its counts)";
    private const string ScreenControlsHelp = "labels of control cells beyond the usual ones, with commas between (default: none)";
    private const string UnmeasuredHelp = "what becomes of targets that are no gene of the screen: an error, kept (drugs, stimuli, genes not measured), or left out";

    private const string GearsHelp = "what differs from GEARS's defaults, such as epochs=5,config.width=32";
    private const string GearsSetsHelp = "gene sets (.gmt), such as terms of the Gene Ontology, whose sharing makes perturbations alike (default: none)";
    private const string GearsFoundationHelp = "a scFoundation that gives each cell's genes their vectors (default: none)";

    /// <summary>Compares how well methods predict the expression of perturbed cells: no change, the mean of perturbations, sums of effects, a linear model and GEARS.</summary>
    /// <param name="cells">Cells with raw counts.</param>
    /// <param name="column">The column of obs that says what was perturbed, in the usual spellings; see <see cref="ConditionNames"/>. Default: perturbation.</param>
    /// <param name="context">The column of obs that says in what. Default: none.</param>
    /// <param name="depth">The column of obs with each cell's counts of all genes. Default: the sum of its counts.</param>
    /// <param name="controls">Labels of control cells beyond the usual ones, with commas between. Default: none.</param>
    /// <param name="unmeasured">refuse, keep or leave-out. Default: refuse.</param>
    /// <param name="split">simulation (a share of the targets is never seen, as GEARS splits), targets (each left out in turn) or contexts (each left out in turn). Default: contexts where a column names several, simulation where pairs were perturbed, else targets.</param>
    /// <param name="leaveOut">Targets or contexts to leave out, with commas between. Default: each.</param>
    /// <param name="seeds">Repetitions. Default: 3.</param>
    /// <param name="vectors">A file of gene vectors, such as a foundation model's, for a second linear model. Default: none.</param>
    /// <param name="gears">What differs from the defaults of <see cref="GearsOptions"/>. Default: nothing.</param>
    /// <param name="geneSets">A file of gene sets that GEARS knows perturbations alike by. Default: none.</param>
    /// <param name="foundation">A scFoundation, with which GEARS is trained once more. Default: none.</param>
    /// <param name="simple">True to leave GEARS out. Default: false.</param>
    /// <param name="mostGenes">The most genes to predict. Default: 5,000.</param>
    /// <param name="folder">Where results and report are written; what is there already is not computed again. Default: perturbation.</param>
    [Verb("perturb compare", "Compares how well methods predict the expression of perturbed cells.", Into = "study", OnDevice = true)]
    public static PerturbationStudy PerturbCompare(
        [Option("cells with raw counts")] ICellSource cells,
        [Option(ScreenColumnHelp)] string column = "perturbation",
        [Option(ScreenContextHelp)] string? context = null,
        [Option(ScreenDepthHelp)] string? depth = null,
        [Option(ScreenControlsHelp)] string? controls = null,
        [Option(UnmeasuredHelp, Allowed = ["refuse", "keep", "leave-out"])] string unmeasured = "refuse",
        [Option("which perturbations are predicted (default: contexts where there are several, simulation where pairs were perturbed, else targets)", Allowed = ["simulation", "targets", "contexts"])] string? split = null,
        [Option("targets or contexts to leave out, with commas between (default: each in turn)")] string? leaveOut = null,
        [Option(SeedsHelp)] int seeds = 3,
        [Option("file of gene vectors for a second linear model (default: none)")] string? vectors = null,
        [Option(GearsHelp)] string? gears = null,
        [Option(GearsSetsHelp)] string? geneSets = null,
        [Option(GearsFoundationHelp)] ScFoundationModel? foundation = null,
        [Option("leave GEARS out, which takes longer than all others")] bool simple = false,
        [Option("the most genes to predict")] int mostGenes = 5000,
        [Option(FolderHelp)] string folder = "perturbation")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seeds, 1);
        var options = OptionText.Changed(new GearsOptions(), gears, "GEARS");
        var sets = geneSets is null ? null : GeneSetFile.Read(geneSets);
        var screen = ReadScreen(cells, column, context, depth, controls, unmeasured, mostGenes);
        var plan = PerturbationPlan.Of(screen, split, leaveOut is null ? null : Names(leaveOut));
        IPerturbationMethod[] methods =
        [
            .. PerturbationPlan.Baselines,
            .. vectors is null ? Array.Empty<IPerturbationMethod>() : [new LinearMethod(new LinearOptions { Vectors = GeneVectors.Read(vectors), VectorsName = Path.GetFileNameWithoutExtension(vectors) })],
            .. simple ? Array.Empty<IPerturbationMethod>() : [new GearsMethod(options, sets)],
            .. simple || foundation is null ? Array.Empty<IPerturbationMethod>() : [new GearsMethod(options, sets, foundation)],
        ];
        return PerturbCompare(screen, plan, methods, seeds, folder);
    }

    /// <summary>The same for a screen, splits and methods made in C#.</summary>
    /// <param name="screen">The screen.</param>
    /// <param name="plan">Which perturbations are predicted. Default: as the verb has it.</param>
    /// <param name="methods">The methods. Default: the baselines.</param>
    /// <param name="seeds">Repetitions. Default: 3.</param>
    /// <param name="folder">Where results and report are written. Default: perturbation.</param>
    public static PerturbationStudy PerturbCompare(PerturbationScreen screen, PerturbationPlan? plan = null, IReadOnlyList<IPerturbationMethod>? methods = null, int seeds = 3, string folder = "perturbation")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seeds, 1);
        var host = NotebookHost.Current;
        plan ??= PerturbationPlan.Of(screen);
        using var progress = new StudyProgress("Predicting perturbations", host);
        var study = PerturbationStudy.Run(
            screen, [.. Enumerable.Range(0, seeds).SelectMany(seed => plan.Splits(seed).Select(one => (seed, one)))], methods ?? PerturbationPlan.Baselines, new ResultStore(folder), progress, host.Cancellation);
        Present(PerturbationReport.Of(study, plan, methods ?? PerturbationPlan.Baselines, seeds), folder, "perturbation");
        return study;
    }

    /// <summary>Scores how pairs of perturbations act together: the change under both fitted by the changes under each.</summary>
    /// <param name="cells">Cells with raw counts.</param>
    /// <param name="column">The column of obs that says what was perturbed. Default: perturbation.</param>
    /// <param name="context">The column of obs that says in what. Default: none.</param>
    /// <param name="depth">The column of obs with each cell's counts of all genes. Default: the sum of its counts.</param>
    /// <param name="controls">Labels of control cells beyond the usual ones, with commas between. Default: none.</param>
    /// <param name="unmeasured">refuse, keep or leave-out. Default: refuse.</param>
    /// <param name="genes">The most genes to fit over, those that change most. Default: 200.</param>
    /// <returns>A row a pair; see <see cref="GeneticInteraction"/>.</returns>
    /// <exception cref="InvalidDataException">No pair's targets were also perturbed alone.</exception>
    [Verb("perturb interactions", "Scores how pairs of perturbations act together: synergy, suppression, epistasis.", Into = "interactions")]
    public static Table PerturbInteractions(
        [Option("cells with raw counts")] ICellSource cells,
        [Option(ScreenColumnHelp)] string column = "perturbation",
        [Option(ScreenContextHelp)] string? context = null,
        [Option(ScreenDepthHelp)] string? depth = null,
        [Option(ScreenControlsHelp)] string? controls = null,
        [Option(UnmeasuredHelp, Allowed = ["refuse", "keep", "leave-out"])] string unmeasured = "refuse",
        [Option("the most genes to fit over, those that change most")] int genes = GeneticInteractions.UsualGenes)
    {
        var interactions = GeneticInteractions.Of(ReadScreen(cells, column, context, depth, controls, unmeasured, mostGenes: null), genes);
        return interactions.Pairs.Count > 0
            ? interactions.ToTable()
            : throw new InvalidDataException($"The column '{column}' names no pair whose targets were also perturbed alone, such as A+B beside A and B.");
    }

    /// <summary>Reads a screen, shows how its labels were read, and says what was left out.</summary>
    private static PerturbationScreen ReadScreen(ICellSource cells, string column, string? context, string? depth, string? controls, string unmeasured, int? mostGenes)
    {
        var screen = ScreenReader.Read(
            cells, new ScreenOptions
            {
                Column = column,
                Context = context,
                Depth = depth,
                Controls = controls is null ? [] : Names(controls),
                Unmeasured = unmeasured switch { "keep" => UnmeasuredTargets.Keep, "leave-out" => UnmeasuredTargets.LeaveOut, _ => UnmeasuredTargets.Refuse },
                MostGenes = mostGenes,
            }, NotebookHost.Current.Cancellation);
        Show(screen.Spellings!);
        foreach (var sentence in screen.Notes.Prepend(string.Create(CultureInfo.InvariantCulture, $"Read {screen}.")))
        {
            Say(sentence);
        }
        return screen;
    }
}
