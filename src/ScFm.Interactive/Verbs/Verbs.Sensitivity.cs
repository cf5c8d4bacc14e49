using System.Globalization;
using ScFm.Interactive.Display;
using ScFm.Interactive.Hosting;
using ScFm.Model.Cells;
using ScFm.Model.Models.Scad;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tables;
using ScFm.Model.Tasks;
using ScFm.Model.Tasks.Sensitivity;

namespace ScFm.Interactive.Verbs;

public static partial class Verbs
{
    private const string ResponseLabelHelp = "column of obs that holds the class";
    private const string PositiveHelp = "label of the class that is asked about; all others are the other class (default: sensitive, 1, true or yes)";
    private const string SampleInputHelp = "what a row of the source, or with --by of the target, is: single (a cell) or bulk (a sample)";
    private const string SampleScaleHelp = "what the values of the source, or with --by of the target, are: f, counts, or t, log1p of counts per 10,000";
    private const string TransferGenesHelp = "genes that are taken, those that vary most in the source; 0 takes all";
    private const string AdversaryHelp = "weight of telling source from target; 0 adapts nothing but the batch norm";

    /// <summary>Tells which cells belong to a class, such as those sensitive to a drug, by samples of another kind: the source's prevalence, logistic regression and SCAD, on expression and on a model's embedding.</summary>
    /// <param name="target">Cells with their class, which only scores them.</param>
    /// <param name="source">Samples with their class, such as bulk. Default: none; <paramref name="by"/> is given.</param>
    /// <param name="by">A column of the target's obs: each of its groups is told by all others in turn, such as each patient. Default: none; <paramref name="source"/> is given.</param>
    /// <param name="label">The column of obs that holds the class. Default: response.</param>
    /// <param name="positive">The label that is asked about. Default: sensitive, 1, true or yes.</param>
    /// <param name="model">A model whose embedding is tried beside expression. Default: none.</param>
    /// <param name="input">What a row of the source, or with <paramref name="by"/> of the target, is. Default: single.</param>
    /// <param name="normalised">What the values of the source, or with <paramref name="by"/> of the target, are. Default: f, counts.</param>
    /// <param name="depth">The read depth that an embedding asks for of the target, such as t4. Default: each cell's own.</param>
    /// <param name="genes">Genes that are taken. Default: 2,000.</param>
    /// <param name="folds">Parts of each domain, each left out once. Default: 5.</param>
    /// <param name="seeds">Repetitions. Default: 3.</param>
    /// <param name="epochs">Passes of SCAD over the target's cells. Default: 40.</param>
    /// <param name="domains">The weight of telling the domains apart. Default: 0.6.</param>
    /// <param name="hidden">Width of SCAD's extractor. Default: 512.</param>
    /// <param name="folder">Where results and report are written; what is there already is not computed again. Default: sensitivity.</param>
    [Verb("sensitivity", "Compares how well methods tell the response of single cells by that of other samples.", Into = "study", OnDevice = true)]
    public static SensitivityStudy Sensitivity(
        [Option("cells with their class, which only scores them")] AnnData target,
        [Option("samples with their class (default: the target's other groups, with --by)")] AnnData? source = null,
        [Option("column of the target's obs whose groups are each told by all others, such as the patient")] string? by = null,
        [Option(ResponseLabelHelp)] string label = "response",
        [Option(PositiveHelp)] string? positive = null,
        [Option("a scFoundation whose embedding is tried beside expression (default: none)")] ScFoundationModel? model = null,
        [Option(SampleInputHelp, Allowed = ["single", "bulk"])] string input = "single",
        [Option(SampleScaleHelp, Allowed = ["f", "t"])] string normalised = "f",
        [Option("read depth that an embedding asks for of the target, such as t4 (default: each cell's own)")] string? depth = null,
        [Option(TransferGenesHelp)] int genes = 2000,
        [Option("parts of each domain, each left out once")] int folds = 5,
        [Option(SeedsHelp)] int seeds = 3,
        [Option("passes of SCAD over the target's cells")] int epochs = 40,
        [Option(AdversaryHelp)] double domains = 0.6,
        [Option("width of SCAD's extractor")] int hidden = 512,
        [Option(FolderHelp)] string folder = "sensitivity")
    {
        if (source is null == by is null)
        {
            throw new VerbException($"{(by is null ? "Neither --source nor --by is" : "Both --source and --by are")} given; expected samples to learn from, or a column of groups that are each left out.");
        }
        var cancellation = NotebookHost.Current.Cancellation;
        var options = TransferOf(label, positive, genes, input, normalised) with { TargetDepth = depth is null ? default : Depth.Parse(depth) };
        var problems = source is not null
            ? [CellTransfer.Of("source to target", source, target, options, model, cancellation)]
            : CellTransfer.LeaveOneOut(target, by!, options with { Target = options.Source }, model, cancellation); // the target is the source, too
        return Sensitivity(problems, new ScadOptions { Epochs = epochs, DomainWeight = domains, Config = new() { Hidden = hidden } }, folds, seeds, folder);
    }

    /// <summary>The same for problems made in C#.</summary>
    /// <param name="problems">The problems, all with the same tables.</param>
    /// <param name="options">How SCAD is trained. Default: its own.</param>
    /// <param name="folds">Parts of each domain, each left out once. Default: 5.</param>
    /// <param name="seeds">Repetitions. Default: 3.</param>
    /// <param name="folder">Where results and report are written. Default: sensitivity.</param>
    public static SensitivityStudy Sensitivity(IReadOnlyList<TransferProblem> problems, ScadOptions? options = null, int folds = 5, int seeds = 3, string folder = "sensitivity")
    {
        var host = NotebookHost.Current;
        options ??= new();
        string[] tables = [.. problems[0].Tables.Select(table => table.Name)];
        ITransferMethod[] methods =
        [
            new PrevalenceMethod(), .. tables.Select(table => new LogisticMethod(table)), .. tables.Select(table => new ScadMethod(table, options)),
            .. options.DomainWeight > 0 ? tables.Select(table => new ScadMethod(table, options with { DomainWeight = 0 }, $"SCAD without adversary, {table}")) : [],
        ];
        using var progress = new StudyProgress("Telling responses", host);
        var study = SensitivityStudy.Run(problems, methods, folds, seeds, new ResultStore(folder), progress, host.Cancellation);
        Present(SensitivityReport.Of(study, problems, options, folds, seeds), folder, "sensitivity");
        return study;
    }

    /// <summary>Trains a SCAD on samples whose class is known and cells whose class is not.</summary>
    /// <param name="source">Samples with their class.</param>
    /// <param name="target">Cells to adapt to; no label of theirs is looked at.</param>
    /// <param name="label">The column of the source's obs that holds the class. Default: response.</param>
    /// <param name="positive">The label that is asked about. Default: sensitive, 1, true or yes.</param>
    /// <param name="normalised">What the source's values are. Default: f, counts.</param>
    /// <param name="genes">Genes that are taken. Default: 2,000.</param>
    /// <param name="epochs">Passes over the target's cells. Default: 40.</param>
    /// <param name="domains">The weight of telling the domains apart. Default: 0.6.</param>
    /// <param name="hidden">Width of the extractor. Default: 512.</param>
    /// <param name="seed">Seed of everything random. Default: 0.</param>
    [Verb("sensitivity train", "Trains a SCAD on samples whose class is known and cells whose class is not.", Into = "scad", OnDevice = true, Trains = true)]
    public static ScadModel SensitivityTrain(
        [Option("samples with their class")] AnnData source,
        [Option("cells to adapt to, whose class is not known")] AnnData target,
        [Option(ResponseLabelHelp)] string label = "response",
        [Option(PositiveHelp)] string? positive = null,
        [Option(SampleScaleHelp, Allowed = ["f", "t"])] string normalised = "f",
        [Option(TransferGenesHelp)] int genes = 2000,
        [Option("passes over the target's cells")] int epochs = 40,
        [Option(AdversaryHelp)] double domains = 0.6,
        [Option("width of the extractor")] int hidden = 512,
        [Option("seed of everything random")] int seed = 0)
    {
        var host = NotebookHost.Current;
        var examples = CellSensitivity.Examples(source, target, TransferOf(label, positive, genes, "single", normalised), host.Cancellation);
        using var progress = new FittingLine("Training SCAD", host);
        var model = ScadModel.Train(examples, new ScadOptions { Epochs = epochs, DomainWeight = domains, Config = new() { Hidden = hidden }, Seed = seed }, progress: progress, cancellation: host.Cancellation);
        progress.Complete();
        Say(string.Create(CultureInfo.InvariantCulture, $"Learnt from {examples.Source.Rows:N0} samples and {examples.Target.Rows:N0} cells by {examples.Source.Columns:N0} genes that both have."));
        return model;
    }

    /// <summary>Says how likely each cell belongs to the class that a SCAD was trained for.</summary>
    /// <param name="scad">The model.</param>
    /// <param name="cells">Cells with raw counts; obs gets the probability.</param>
    /// <param name="column">The name of the column. Default: the class and _probability.</param>
    [Verb("sensitivity predict", "Says how likely each cell responds, by a SCAD.", Into = "cells", OnDevice = true)]
    public static AnnData SensitivityPredict(
        [Option("a SCAD")] ScadModel scad,
        [Option("cells with raw counts")] AnnData cells,
        [Option("column of obs for the probability (default: the class and _probability)")] string? column = null)
    {
        var found = CellSensitivity.Of(scad, cells, NotebookHost.Current.Cancellation);
        cells.Obs = cells.Obs.With(new NumberColumn(column ?? scad.Class + "_probability", Array.ConvertAll(found, probability => (double)probability), "F3"));
        Say(string.Create(CultureInfo.InvariantCulture, $"{found.Count(probability => probability >= 0.5):N0} of {found.Length:N0} cells are more likely {scad.Class} than not."));
        return cells;
    }

    private static TransferOptions TransferOf(string label, string? positive, int genes, string input, string normalised) =>
        new() { Label = label, Positive = positive, Genes = genes, Source = InputOf(input, normalised, totals: null, genesInOrder: false, compat: "sensible") };
}
