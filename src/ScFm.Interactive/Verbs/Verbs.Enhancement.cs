using ScFm.Interactive.Display;
using ScFm.Interactive.Figures;
using ScFm.Interactive.Hosting;
using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Parts;
using ScFm.Model.Tasks;

namespace ScFm.Interactive.Verbs;

public static partial class Verbs
{
    /// <summary>Predicts every gene's expression at another read depth.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cells">Cells or bulk samples.</param>
    /// <param name="depth">t and a log10 total (t4), f and a multiple of the cell's own total (f5), or a and what is added to its log10 (a1). Default: f5.</param>
    /// <param name="folds">Into how many parts expressed genes are split to be predicted while masked; 1 masks nothing, as the reference. Default: 4.</param>
    /// <param name="aliases">A table of other names of genes. Default: none.</param>
    /// <param name="input">single: a row is a cell; bulk: a sample. Default: single.</param>
    /// <param name="normalised">f: counts; t: log1p of counts per 10,000; a: the same, with total counts in a column. Default: f.</param>
    /// <param name="totals">With a, the column of obs that holds the total counts. Default: the last column of the matrix does.</param>
    /// <param name="genesInOrder">True where the columns are the model's genes in its order, whatever their names. Default: false.</param>
    /// <param name="compat">sensible, or reference for what the published code gives as gene_expression. Default: sensible.</param>
    /// <param name="output">An .h5ad file to write, some cells at a time; see <see cref="PartedRun"/>. Default: none, cells and expression are in memory.</param>
    /// <param name="place">With output: x, or layer, where X holds the counts of the model's genes and the layer scfm their expression. Default: x.</param>
    /// <param name="minGenes">With output: cells need more expressed genes than this. Default: 200 for cells of a file, as <see cref="Load"/>; others are taken as they are.</param>
    /// <param name="compress">With output: true to pack the file with gzip. Default: false.</param>
    /// <returns>Cells whose X is the predicted log1p of counts per 10,000, [cells, genes of the model]; null where they went to a file.</returns>
    [Verb("enhance", "Predicts every gene's expression at another read depth.", Into = "enhanced", SharesRanks = true, OnDevice = true)]
    public static AnnData? Enhance(
        [Option("the model")] ScFoundationModel model,
        [Option("cells or bulk samples", StaysInFile = true)] ICellSource cells,
        [Option("t4: total of 10^4; f5: five times the cell's own; a1: log10 total plus 1")] string depth = "f5",
        [Option("parts that expressed genes are split into; 1 masks nothing")] int folds = 4,
        [Option(AliasesHelp)] string? aliases = null,
        [Option(InputHelp, Allowed = ["single", "bulk"])] string input = "single",
        [Option(NormalisedHelp, Allowed = ["f", "t", "a"])] string normalised = "f",
        [Option(TotalsHelp)] string? totals = null,
        [Option(GenesInOrderHelp)] bool genesInOrder = false,
        [Option(CompatHelp, Allowed = ["sensible", "reference"])] string compat = "sensible",
        [Option(OutputHelp)] string? output = null,
        [Option("with --output: where the expression stands, in X or in a layer beside the counts (default: x)", Allowed = ["x", "layer"])] string? place = null,
        [Option(MinGenesHelp)] int? minGenes = null,
        [Option(CompressHelp)] bool compress = false)
    {
        var host = NotebookHost.Current;
        var options = new EnhancementOptions { Depth = Depth.Parse(depth), Folds = folds, Input = InputOf(input, normalised, totals, genesInOrder, compat) };
        var task = CellTasks.Enhance(model, options, AliasesOf(aliases));
        if (PartedOutput.Of(output, place, minGenes, compress) is { } file)
        {
            file.Write("Enhancing", task, cells);
            return null;
        }
        var inMemory = InMemory(cells);
        using var progress = new ProgressLine("Enhancing", inMemory.CellCount, host: host);
        var expression = task.Rows(inMemory, 0, Cells(progress), host.Cancellation);
        progress.Complete();
        var enhanced = new AnnData(CsrMatrix.FromDense(expression), inMemory.ObsNames, [.. model.Vocabulary.Names], inMemory.Obs);
        foreach (var (name, matrix) in inMemory.Obsm)
        {
            enhanced.Obsm[name] = matrix;
        }
        return enhanced;
    }

    /// <summary>Thins cells that were held out to a share of their reads, enhances them, and compares with what was there.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cells">Cells with raw counts. Those with split = held-out in obs are used, or all where there is no such column.</param>
    /// <param name="rate">The share of reads to keep, above 0 and below 1. Default: 0.1.</param>
    /// <param name="seed">Seed of the thinning. Default: 0.</param>
    /// <param name="aliases">A table of other names of genes. Default: none.</param>
    [Verb("assess", "Thins held-out cells, enhances them and compares with the truth.", Into = "trial", OnDevice = true)]
    public static EnhancementTrial Assess(
        [Option("the model")] ScFoundationModel model,
        [Option("cells with raw counts")] AnnData cells,
        [Option("share of reads to keep")] double rate = 0.1,
        [Option("seed of the thinning")] int seed = 0,
        [Option(AliasesHelp)] string? aliases = null)
    {
        var host = NotebookHost.Current;
        var (train, heldOut) = SplitOf(cells);
        var names = AliasesOf(aliases);
        var (counts, _) = model.Read(cells, names);
        using var progress = new ProgressLine("Enhancing thinned cells", heldOut.Length, host: host);
        var trial = EnhancementTrial.Run(
            model, cells.SelectCells(heldOut), GeneMeans.Of(counts.SelectRows(train)), rate, seed, names, Cells(progress), host.Cancellation);
        progress.Complete();
        Show(Plots.BeforeAfter(trial.Truth, trial.Observed, trial.Model, observedName: "thinned"));
        Show(trial.ToTable());
        foreach (var sentence in trial.Shortcomings())
        {
            Say(sentence);
        }
        return trial;
    }

    private static (int[] Train, int[] HeldOut) SplitOf(AnnData cells)
    {
        var all = Enumerable.Range(0, cells.CellCount).ToArray();
        if (cells.Obs.Find(SplitName) is not { } split)
        {
            return (all, all);
        }
        return ([.. all.Where(cell => split.Text(cell) != HeldOutLabel)], [.. all.Where(cell => split.Text(cell) == HeldOutLabel)]);
    }
}
