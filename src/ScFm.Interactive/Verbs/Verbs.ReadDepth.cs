using System.Globalization;
using ScFm.Interactive.Display;
using ScFm.Interactive.Figures;
using ScFm.Interactive.Hosting;
using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tables;
using ScFm.Model.Tasks;
using ScFm.Model.Tasks.ReadDepth;

namespace ScFm.Interactive.Verbs;

public static partial class Verbs
{
    private const string StudyModelHelp = "a model that saw none of the cells that are scored (default: one is pretrained)";
    private const string MethodsHelp = "names, separated by commas (default: all)";
    private const string HeldOutHelp = "share of the cells to score, above 0 and below 1; with a model, the column scfm_split goes before";
    private const string MostCellsHelp = "largest number of cells to score";
    private const string MostGenesHelp = "largest number of genes, those most expressed (default: all that 10 cells express)";
    private const string SaverHelp = "genes that SAVER predicts from others; fewer take less time";
    private const string ScViHelp = "passes of scVI (default: its own, 400 for few cells)";
    private const string SeedsHelp = "repetitions, from which intervals are computed";
    private const string StudyEpochsHelp = "passes over the cells to learn from (default: as many as see about 9,000 cells in all)";
    private const string FolderHelp = "folder for results and report; what is there already is not computed again";

    /// <summary>Thins held-out cells to several shares of their reads, lets every method recover them, and compares with what was there.</summary>
    /// <param name="cells">Cells with raw counts; obs gets the column scfm_split.</param>
    /// <param name="model">A model that saw none of the cells that are scored. Default: one is pretrained on the others.</param>
    /// <param name="rates">Shares of reads to keep, separated by commas. Default: 1, 5, 10 and 20%, as in the scFoundation paper.</param>
    /// <param name="seeds">How many times cells are thinned anew. Default: 3.</param>
    /// <param name="methods">Names, separated by commas. Default: all.</param>
    /// <param name="heldOut">Share of the cells to score; with a model, the column scfm_split goes before. Default: 0.3.</param>
    /// <param name="mostCells">Largest number of cells to score. Default: 1,000.</param>
    /// <param name="mostGenes">Largest number of genes, those most expressed in the cells that are not scored. Default: all that 10 of these express; a model brings its own.</param>
    /// <param name="preset">The size of a new model: tiny, 3m, 10m or 100m. Default: tiny.</param>
    /// <param name="epochs">Passes of its pretraining. Default: as many as see about 9,000 cells in all, at least 1.</param>
    /// <param name="saverGenes">Genes that SAVER predicts from others; fewer take less time. Default: 3,000.</param>
    /// <param name="scviEpochs">Passes of scVI over the shallow cells; fewer take less time. Default: its own, 400 for few cells.</param>
    /// <param name="folder">Where results and report are written; results that are there already are not computed again. Default: depth-study.</param>
    [Verb("depth-study", "Compares how well methods recover held-out cells at several read depths.", Into = "study", OnDevice = true)]
    public static RecoveryStudy DepthStudy(
        [Option("cells with raw counts")] AnnData cells,
        [Option(StudyModelHelp)] ScFoundationModel? model = null,
        [Option("shares of reads to keep, separated by commas")] string rates = "0.01,0.05,0.1,0.2",
        [Option(SeedsHelp)] int seeds = 3,
        [Option(MethodsHelp)] string? methods = null,
        [Option(HeldOutHelp)] double heldOut = 0.3,
        [Option(MostCellsHelp)] int mostCells = 1000,
        [Option(MostGenesHelp)] int? mostGenes = null,
        [SizeOption("size of a new model")] string preset = "tiny",
        [Option(StudyEpochsHelp)] int? epochs = null,
        [Option(SaverHelp)] int saverGenes = 3000,
        [Option(ScViHelp)] int? scviEpochs = null,
        [Option(FolderHelp)] string folder = "depth-study")
    {
        var setup = Setup(cells, model, heldOut, mostGenes, mostCells, preset, epochs, folder);
        var trials = DepthTrial.Thinned(setup.HeldOut, StudyMethods.Select(StudyMethods.All(setup.Training, setup.Model, Rivals(saverGenes, scviEpochs)), methods), Shares(rates), seeds);
        return Recover("Recovering thinned cells", trials, "Read depth: simulated", folder, "depth-study", [.. setup.About, ("thinning", $"each read kept with probability {rates}; seeds 0 to {seeds - 1}")]);
    }

    /// <summary>Takes cells that were truly sequenced twice, lets every method recover the shallow profiles, and compares with the deep ones.</summary>
    /// <param name="cells">Raw counts, one row a profile.</param>
    /// <param name="cell">The column of obs that says which cell a profile is of.</param>
    /// <param name="depth">The column of obs that says how deep a profile is.</param>
    /// <param name="deep">What that column says of a deep profile.</param>
    /// <param name="shallow">What it says of a shallow one.</param>
    /// <param name="model">A model that saw none of the cells. Default: for each seed one is pretrained on the deep profiles of the cells that are not scored.</param>
    /// <param name="seeds">How many times the cells are divided anew. Default: 3.</param>
    /// <param name="methods">Names, separated by commas. Default: all.</param>
    /// <param name="heldOut">Share of the cells to score. Default: 0.5.</param>
    /// <param name="mostGenes">Largest number of genes, those most expressed in the cells that are not scored. Default: 2,000.</param>
    /// <param name="preset">The size of a new model. Default: tiny.</param>
    /// <param name="epochs">Passes of its pretraining. Default: 100.</param>
    /// <param name="saverGenes">Genes that SAVER predicts from others; fewer take less time. Default: 3,000.</param>
    /// <param name="scviEpochs">Passes of scVI over the shallow cells; fewer take less time. Default: its own, 400 for few cells.</param>
    /// <param name="folder">Where results and report are written. Default: depth-study.</param>
    [Verb("depth-pairs", "Compares how well methods recover cells that were sequenced both shallowly and deeply.", Into = "pairs", OnDevice = true)]
    public static RecoveryStudy DepthPairs(
        [Option("raw counts, one row a profile")] AnnData cells,
        [Option("column of obs: the cell of a profile")] string cell,
        [Option("column of obs: the depth of a profile")] string depth,
        [Option("what it says of a deep profile")] string deep,
        [Option("what it says of a shallow profile")] string shallow,
        [Option(StudyModelHelp)] ScFoundationModel? model = null,
        [Option(SeedsHelp)] int seeds = 3,
        [Option(MethodsHelp)] string? methods = null,
        [Option("share of the cells to score, above 0 and below 1")] double heldOut = 0.5,
        [Option("largest number of genes")] int mostGenes = 2000,
        [SizeOption("size of a new model")] string preset = "tiny",
        [Option("passes over the deep profiles to learn from")] int epochs = 100,
        [Option(SaverHelp)] int saverGenes = 3000,
        [Option(ScViHelp)] int? scviEpochs = null,
        [Option(FolderHelp)] string folder = "depth-study")
    {
        var host = NotebookHost.Current;
        var pairs = DepthPair.Match(cells, cell, depth, deep, shallow);
        var options = new PairedDepthOptions { Seeds = seeds, TrainShare = 1 - heldOut, MostGenes = mostGenes, Rivals = Rivals(saverGenes, scviEpochs), Pretraining = StudySetup.Options(preset, epochs, seed: 0) };
        var trials = PairedDepth.Trials(pairs, options, model, (learnt, how) => StudySetup.Pretrain(learnt, how, folder, host, isShown: false), methods);
        return Recover("Recovering shallow cells", trials, "Read depth: cells sequenced twice", folder, "depth-pairs",
        [
            ("cells", string.Create(CultureInfo.InvariantCulture, $"{pairs.Deep.CellCount} sequenced twice, fingerprint {Fingerprint.Of(cells)}")),
            ("depths", string.Create(CultureInfo.InvariantCulture, $"{depth} = {deep} and {shallow}; the shallow profile has {pairs.Rate:P1} of the deep one's reads, by the median cell")),
            ("options", options.ToString()),
            ("learning", "Each seed divides the cells. scFoundation and the gene means learn from the deep profiles of one part, which also choose the genes and the asked depth; every other method gets nothing but the shallow profiles of the other part, which is scored."),
        ]);
    }

    /// <summary>Thins held-out cells, enhances them in every way, clusters the result and compares with known types.</summary>
    /// <param name="cells">Cells with raw counts; obs gets the column scfm_split.</param>
    /// <param name="model">A model that saw none of the cells that are scored. Default: one is pretrained on the others, the same as <see cref="DepthStudy"/>'s.</param>
    /// <param name="rate">Share of reads to keep. Default: 0.1.</param>
    /// <param name="folds">Depths that scFoundation is asked for, as multiples of a cell's own, separated by commas. Default: 1 to 5, as in the paper.</param>
    /// <param name="seeds">How many times cells are thinned and clustered anew. Default: 3.</param>
    /// <param name="labels">The column of obs with known types. Default: cell_type where there is one, otherwise clusters of the whole cells.</param>
    /// <param name="methods">Names, separated by commas. Default: all.</param>
    /// <param name="heldOut">Share of the cells to score. Default: 0.3.</param>
    /// <param name="mostCells">Largest number of cells to score. Default: 1,000.</param>
    /// <param name="mostGenes">Largest number of genes. Default: as in <see cref="DepthStudy"/>.</param>
    /// <param name="preset">The size of a new model. Default: tiny.</param>
    /// <param name="epochs">Passes of its pretraining. Default: as many as see about 9,000 cells in all, at least 1.</param>
    /// <param name="saverGenes">Genes that SAVER predicts from others; fewer take less time. Default: 3,000.</param>
    /// <param name="scviEpochs">Passes of scVI over the shallow cells; fewer take less time. Default: its own, 400 for few cells.</param>
    /// <param name="folder">Where results and report are written. Default: depth-study.</param>
    [Verb("depth-clusters", "Compares how well types of held-out cells are found again after enhancement.", Into = "clusters", OnDevice = true)]
    public static ClusteringStudy DepthClusters(
        [Option("cells with raw counts")] AnnData cells,
        [Option(StudyModelHelp)] ScFoundationModel? model = null,
        [Option("share of reads to keep")] double rate = 0.1,
        [Option("depths to ask scFoundation for, as multiples of the cell's own")] string folds = "1,2,3,4,5",
        [Option(SeedsHelp)] int seeds = 3,
        [Option("column of obs with known types (default: cell_type, else clusters of the whole cells)")] string? labels = null,
        [Option(MethodsHelp)] string? methods = null,
        [Option(HeldOutHelp)] double heldOut = 0.3,
        [Option(MostCellsHelp)] int mostCells = 1000,
        [Option(MostGenesHelp)] int? mostGenes = null,
        [SizeOption("size of a new model")] string preset = "tiny",
        [Option(StudyEpochsHelp)] int? epochs = null,
        [Option(SaverHelp)] int saverGenes = 3000,
        [Option(ScViHelp)] int? scviEpochs = null,
        [Option(FolderHelp)] string folder = "depth-study")
    {
        var host = NotebookHost.Current;
        var setup = Setup(cells, model, heldOut, mostGenes, mostCells, preset, epochs, folder);
        labels ??= cells.Obs.Find("cell_type") is null ? null : "cell_type";
        var types = labels is null ? null : ColumnLabels.Of(setup.HeldOut.Obs[labels]);
        var chosen = StudyMethods.Select(StudyMethods.All(setup.Training, setup.Model, Rivals(saverGenes, scviEpochs)), methods);
        var views = CellView.All(chosen, chosen.Any(method => method.IsToldDepth) ? setup.Model : null, rate, Numbers(folds, "folds"));
        var options = new ClusteringStudyOptions { Rate = rate, Seeds = seeds };
        using var progress = new StudyProgress("Clustering thinned cells", host);
        var study = ClusteringStudy.Run(setup.HeldOut, types, views, options, new ResultStore(Path.Combine(folder, "results")), progress, host.Cancellation);
        var report = new StudyReport(
            "Types found again after enhancement", [.. setup.About, ("types", labels ?? "Leiden's clusters of the whole cells"), ("options", options.ToString())],
            [.. study.Findings()], [Plots.ClusteringScores(study), Plots.ClusteringMaps(study)], study.ToTable(), study.Outcomes);
        Present(report, folder, "depth-clusters");
        return study;
    }

    private static RecoveryStudy Recover(
        string doing, IReadOnlyList<DepthTrial> trials, string title, string folder, string name, IReadOnlyList<(string Name, string Value)> about)
    {
        var host = NotebookHost.Current;
        using var progress = new StudyProgress(doing, host);
        var study = RecoveryStudy.Run(trials, new ResultStore(Path.Combine(folder, "results")), progress, host.Cancellation);
        (string, string)[] methods = [.. trials[0].Methods.Select(method => ("method " + method.Name, method.Settings))];
        string[] findings = study.Methods.Contains("scFoundation") && study.Methods.Count > 1 ? [.. study.Findings("scFoundation")] : [];
        Present(new StudyReport(title, [.. about, .. methods], findings, [Plots.Recovery(study)], study.ToTable(), study.Outcomes), folder, name);
        return study;
    }

    private static void Present(StudyReport report, string folder, string name)
    {
        foreach (var figure in report.Figures)
        {
            Show(figure);
        }
        foreach (var finding in report.Findings)
        {
            Say(finding);
        }
        Say($"Report: {report.Save(folder, name)}");
    }

    private static StudySetup Setup(AnnData cells, ScFoundationModel? model, double heldOut, int? mostGenes, int mostCells, string preset, int? epochs, string folder)
    {
        var split = model is not null && cells.Obs.Find(SplitName) is not null ? SplitOf(cells) : Divided(cells, heldOut);
        var passes = epochs ?? Math.Max(1, CellsToSee / Math.Max(1, split.Train.Length));
        return StudySetup.Of(cells, model, split, mostGenes, mostCells, StudySetup.Options(preset, passes, seed: 0), folder, NotebookHost.Current);
    }

    private static RivalOptions Rivals(int saverGenes, int? scviEpochs) =>
        new() { Saver = new() { RegressedGenes = saverGenes }, ScVi = new() { Epochs = scviEpochs } };

    private static (int[] Train, int[] HeldOut) Divided(AnnData cells, double share)
    {
        var split = Splits.Random(cells.CellCount, 0, share, seed: 0);
        cells.Obs = cells.Obs.With(SplitColumn(cells.CellCount, split.Test));
        return (split.Train, split.Test);
    }

    private static double[] Shares(string text) => Numbers(text, "rates") is var shares && shares.All(share => share < 1)
        ? shares
        : throw new ArgumentException($"rates is '{text}'; expected numbers above 0 and below 1, separated by commas.");

    private static double[] Numbers(string text, string what)
    {
        double?[] numbers = [.. text.Split(',').Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > 0 && double.IsFinite(number) ? number : (double?)null)];
        return numbers.Contains(null)
            ? throw new ArgumentException($"{what} is '{text}'; expected numbers above 0, separated by commas.")
            : [.. numbers.OfType<double>()];
    }
}
