using System.Globalization;
using ScFm.Interactive.Display;
using ScFm.Interactive.Hosting;
using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tasks;
using ScFm.Model.Tasks.ReadDepth;
using ScFm.Model.Training;

namespace ScFm.Interactive.Verbs;

/// <summary>What the studies of read depth share: cells divided into those to learn from and those to score, and a model that saw only the former.</summary>
/// <param name="Training">Cells to learn from, in the genes of the model.</param>
/// <param name="HeldOut">Cells to score, in the genes of the model.</param>
/// <param name="Model">The model.</param>
/// <param name="About">How it was done, in words.</param>
internal sealed record StudySetup(AnnData Training, AnnData HeldOut, StudiedModel Model, IReadOnlyList<(string Name, string Value)> About)
{
    private const int LeastCells = 10; // as in pretraining

    /// <summary>Divides cells, and pretrains where no model is given: when the first result needs it.</summary>
    /// <param name="cells">Cells with raw counts.</param>
    /// <param name="given">A model that did not see the cells to score, or null.</param>
    /// <param name="split">Cells to learn from and to score, by index.</param>
    /// <param name="mostGenes">Largest number of genes, those most expressed in the cells to learn from; null: all that 10 of these express. A given model brings its own.</param>
    /// <param name="mostCells">Largest number of cells to score; of more, an evenly spread part.</param>
    /// <param name="pretraining">How to pretrain.</param>
    /// <param name="folder">Where the pretraining is kept.</param>
    /// <param name="host">Where to show it.</param>
    public static StudySetup Of(
        AnnData cells, ScFoundationModel? given, (int[] Training, int[] HeldOut) split, int? mostGenes, int mostCells, PretrainingOptions pretraining, string folder, INotebookHost host)
    {
        Counts.Require(cells);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostCells, 2);
        var vocabulary = given?.Vocabulary ?? Genes(cells, split.Training, mostGenes);
        var mapped = GeneMapping.Map(cells, vocabulary).Cells;
        var (training, heldOut) = (mapped.SelectCells(split.Training), mapped.SelectCells(Spread(split.HeldOut, mostCells)));
        pretraining = pretraining with { Vocabulary = vocabulary };
        var model = given is null
            ? StudiedModel.Pretrained(training, pretraining, (learnt, options) => Pretrain(learnt, options, folder, host, isShown: true))
            : StudiedModel.Given(given);
        return new StudySetup(training, heldOut, model,
        [
            ("cells", string.Create(CultureInfo.InvariantCulture, $"{cells.CellCount:N0} of {cells.GeneCount:N0} genes, fingerprint {Fingerprint.Of(cells)}")),
            ("split", string.Create(CultureInfo.InvariantCulture, $"{training.CellCount:N0} cells to learn from, {heldOut.CellCount:N0} to score")),
            ("genes", string.Create(CultureInfo.InvariantCulture, $"{vocabulary.Count:N0}")),
            ("model", model.Settings),
            ("learning", "scFoundation and the gene means learn from the cells to learn from; every other method gets nothing but the shallow cells themselves."),
        ]);
    }

    /// <summary>Pretrains; what was interrupted goes on from its checkpoint.</summary>
    /// <param name="cells">The cells to learn from.</param>
    /// <param name="options">How.</param>
    /// <param name="folder">Where the checkpoint is kept.</param>
    /// <param name="host">Where to show it, and what interrupts it.</param>
    /// <param name="isShown">True to draw the loss as it falls; false where several models are pretrained.</param>
    /// <exception cref="OperationCanceledException">It was interrupted: a study does not go on with half a model.</exception>
    public static ScFoundationModel Pretrain(AnnData cells, PretrainingOptions options, string folder, INotebookHost host, bool isShown)
    {
        using var view = isShown ? new TrainingView(host) : null;
        var checkpoint = Path.Combine(folder, $"pretraining-{Fingerprint.Of($"{Fingerprint.Of(cells)} {options}")}.checkpoint");
        Directory.CreateDirectory(folder);
        var model = Pretraining.Run(cells, options, checkpoint, view, host.Cancellation);
        view?.Finish(model.Report!);
        host.Cancellation.ThrowIfCancellationRequested();
        return model;
    }

    /// <summary>Pretraining for a study.</summary>
    public static PretrainingOptions Options(string preset, int epochs, int seed) =>
        new() { Preset = preset, Training = new TrainingOptions { Epochs = epochs, Seed = seed } };

    private static GeneVocabulary Genes(AnnData cells, int[] training, int? most) => new(
        StudyGenes.MostExpressed(cells.SelectCells(training), most, Math.Min(LeastCells, training.Length)).Select(gene => cells.VarNames[gene]));

    private static int[] Spread(int[] cells, int most) =>
        cells.Length <= most ? cells : [.. Enumerable.Range(0, most).Select(i => cells[(long)i * cells.Length / most])];
}
