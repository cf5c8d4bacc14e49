using System.Globalization;
using ScFm.Interactive.Display;
using ScFm.Interactive.Figures;
using ScFm.Interactive.Hosting;
using ScFm.Model.Cells;
using ScFm.Model.Tables;
using ScFm.Model.Tasks;
using ScFm.Model.Tasks.Annotation;
using ScFm.Model.Tasks.Annotation.Annotators;
using ScFm.Model.Training;

namespace ScFm.Interactive.Verbs;

public static partial class Verbs
{
    private const string LabelsHelp = "column of obs that holds the types";
    private const string Unassigned = "unassigned";

    /// <summary>Gives every cell the type that a classifier holds for most likely.</summary>
    /// <param name="model">A classifier, such as <see cref="AnnotateTrain"/> makes.</param>
    /// <param name="cells">Cells with raw counts; obs gets the type, and its probability in a second column.</param>
    /// <param name="threshold">A cell whose greatest probability is below this is "unassigned", 0 to 1. Default: 0, every cell gets a type.</param>
    /// <param name="column">The name of the column of types; that of the probability ends in _probability. Default: predicted_type.</param>
    /// <example><code>
    /// var model = Verbs.AnnotateTrain(labelled, labels: "cell_type");
    /// Verbs.Annotate(model, cells, threshold: 0.5);
    /// </code></example>
    [Verb("annotate", "Gives every cell the type that a classifier holds for most likely.", Into = "cells", OnDevice = true)]
    public static AnnData Annotate(
        [Option("a classifier")] ICellClassifier model,
        [Option("cells with raw counts")] AnnData cells,
        [Option("a cell whose greatest probability is below this is \"unassigned\"")] double threshold = 0,
        [Option("column of obs for the types")] string column = "predicted_type")
    {
        var annotation = CellAnnotation.Of(model, cells, threshold, NotebookHost.Current.Cancellation);
        cells.Obs = cells.Obs
            .With(CategoryColumn.FromLabels(column, annotation.Types.Select(type => type ?? Unassigned)))
            .With(new NumberColumn(column + "_probability", annotation.Probabilities));
        Show(annotation.ToTable(Unassigned));
        if (model.Genes is { } genes)
        {
            TellGenes(genes, cells);
        }
        return cells;
    }

    /// <summary>Trains a classifier of cell types on labelled cells, and shows what it makes of some that it did not see.</summary>
    /// <param name="cells">Cells with raw counts, in memory or read as they are needed; where they lie in memory, obs gets the column scfm_split.</param>
    /// <param name="labels">The column of obs that holds the types; a cell without one is not learnt from. Default: cell_type.</param>
    /// <param name="method">One of <see cref="AnnotatorNames.Kinds"/>. Default: logistic.</param>
    /// <param name="options">What differs from the method's defaults; see <see cref="OptionText"/>. Default: nothing.</param>
    /// <param name="heldOut">Share of each type that is held out to be shown, 0 to below 1. Default: 0.1.</param>
    /// <param name="seed">Seed of everything random. Default: 0.</param>
    /// <exception cref="ArgumentException">An argument is out of range, or memory is limited (<see cref="MemoryBudget"/>) for a method that trains no network.</exception>
    [Verb("annotate train", "Trains a classifier of cell types on labelled cells.", Into = "model", OnDevice = true, Trains = true)]
    public static ICellClassifier AnnotateTrain(
        [Option("cells with raw counts")] ICellSource cells,
        [Option(LabelsHelp)] string labels = "cell_type",
        [Option("method: majority, centroid, neighbours, logistic, scbert, scgpt, scfoundation or geneformer")] string method = "logistic",
        [Option("what differs from the method's defaults, such as c=0.1 or tuning.epochs=5,pretrain=false")] string? options = null,
        [Option("share of each type to hold out")] double heldOut = 0.1,
        [Option("seed of everything random")] int seed = 0)
    {
        var host = NotebookHost.Current;
        var annotator = AnnotatorNames.Make(method, options is null ? null : OptionText.Parse(options));
        if (MemoryBudget.Current is not null && !AnnotatorNames.Networks.Contains(method))
        {
            throw new ArgumentException($"The memory of a training is limited, and '{method}' trains no network; expected one of {string.Join(", ", AnnotatorNames.Networks)}, or no such limit.");
        }
        using var progress = new FittingLine($"Training {annotator.Name}", host);
        var trained = TrainedClassifier.Of(cells, labels, annotator, heldOut, seed, progress, host.Cancellation);
        progress.Complete();
        if (cells is AnnData inMemory)
        {
            inMemory.Obs = inMemory.Obs.With(SplitColumn(cells.CellCount, trained.HeldOut));
        }
        if (trained is { Matrix: { } matrix })
        {
            Show(trained.ToTable()!);
            Say(string.Create(CultureInfo.InvariantCulture, $"Of {matrix.Total:N0} held-out cells {matrix.Accuracy * 100:0.0}% were given their type; macro-F1 {matrix.MacroF1OfTrueClasses:F3}."));
        }
        foreach (var note in trained.Notes)
        {
            Say(note);
        }
        return trained.Classifier;
    }

    /// <summary>Compares annotators: every method on every share of the labels with every seed, tested on cells that none learnt from.</summary>
    /// <param name="plan">The plan, a JSON file, or the JSON of a report, which holds its plan; see <see cref="AnnotationPlan"/>.</param>
    /// <param name="folder">Where results and report are written; what is there already is not computed again. Default: annotation.</param>
    [Verb("annotate compare", "Compares ways of annotating cells: methods by shares of the labels by seeds, from a plan.", Into = "study", OnDevice = true)]
    public static AnnotationStudy AnnotateCompare(
        [Option("file of the plan: cells, label, split, methods, fractions and seeds, as JSON; or a report's JSON")] string plan,
        [Option("folder for results and report; what is there already is not computed again")] string folder = "annotation") =>
        AnnotateCompare(AnnotationPlan.Read(plan), folder);

    /// <summary>The same for a plan made in C#.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="folder">Where results and report are written. Default: annotation.</param>
    public static AnnotationStudy AnnotateCompare(AnnotationPlan plan, string folder = "annotation")
    {
        var host = NotebookHost.Current;
        using var progress = new StudyProgress("Fitting and testing", host);
        var study = AnnotationStudy.Run(plan, folder, progress: progress, cancellation: host.Cancellation);
        Present(AnnotationReport.Of(study, folder), folder, "annotation");
        return study;
    }

    /// <summary>Gives the genes that a logistic regression knows each type by: the others have no say in it.</summary>
    /// <param name="model">A logistic regression, such as <see cref="AnnotateTrain"/> makes.</param>
    /// <param name="top">Genes a type, those of the largest coefficients. Default: 20.</param>
    /// <returns>A row a gene and type: coefficient, share of the type's training cells that express the gene, and its mean there.</returns>
    [Verb("annotate markers", "Gives the genes that a logistic regression knows each type by.", Into = "markers")]
    public static Table AnnotateMarkers(
        [Option("a logistic regression")] LogisticClassifier model,
        [Option("genes a type")] int top = 20) =>
        model.MarkerGenes(top);
}
