using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;

namespace ScFm.Model.Tasks.ReadDepth;

/// <summary>The study of read depth on cells that were truly sequenced twice.</summary>
/// <remarks>
/// No cell is on both sides: for each seed the cells are divided; a scFoundation and the gene means learn from the deep profiles of one part, and the
/// shallow profiles of the other are enhanced and scored against their deep ones. The genes are chosen by the first part alone.
/// </remarks>
public static class PairedDepth
{
    /// <summary>One trial a seed, for <see cref="RecoveryStudy.Run"/>.</summary>
    /// <param name="pairs">The cells at both depths.</param>
    /// <param name="options">How. Default: see there.</param>
    /// <param name="given">A scFoundation that saw none of the cells, whose genes are then those of the study. Default: one is pretrained for each seed.</param>
    /// <param name="pretrain">Pretrains. Default: without progress.</param>
    /// <param name="methods">From the names of methods to those that are wanted; see <see cref="StudyMethods.Select"/>. Default: all.</param>
    /// <exception cref="ArgumentException">An option is out of range, or a part would have fewer than two cells.</exception>
    public static IReadOnlyList<DepthTrial> Trials(
        DepthPair pairs, PairedDepthOptions? options = null, ScFoundationModel? given = null,
        Func<AnnData, PretrainingOptions, ScFoundationModel>? pretrain = null, string? methods = null)
    {
        options = Options.Validate(options ?? new());
        return [.. Enumerable.Range(0, options.Seeds).Select(seed => Trial(pairs, options, given, pretrain, methods, seed))];
    }

    private static DepthTrial Trial(
        DepthPair pairs, PairedDepthOptions options, ScFoundationModel? given, Func<AnnData, PretrainingOptions, ScFoundationModel>? pretrain, string? methods, int seed)
    {
        var split = Splits.Random(pairs.Deep.CellCount, 0, 1 - options.TrainShare, seed);
        if (split.Train.Length < 2 || split.Test.Length < 2)
        {
            throw new ArgumentException($"{pairs.Deep.CellCount} cells are divided into {split.Train.Length} to train on and {split.Test.Length} to score; expected at least 2 of each.");
        }
        var genes = given is null ? Varying(pairs.Deep.SelectCells(split.Train), options.MostGenes) : Known(pairs.Deep, given);
        var training = pairs.SelectCells(split.Train).SelectGenes(genes);
        var pretraining = options.Pretraining with
        {
            Vocabulary = new GeneVocabulary(training.Deep.VarNames),
            Training = options.Pretraining.Training with { Seed = seed },
        };
        var model = given is null ? StudiedModel.Pretrained(training.Deep, pretraining, pretrain) : StudiedModel.Given(given);
        var scored = pairs.SelectCells(split.Test).SelectGenes(genes);
        return new DepthTrial(
            "sequenced twice", seed, $"{Fingerprint.Of(scored.Shallow)} {Fingerprint.Of(scored.Deep)}", () => scored, training.Rate,
            StudyMethods.Select(StudyMethods.All(training.Deep, model), methods));
    }

    // A gene of one or two cells varies much and teaches nothing.
    private static int[] Varying(AnnData deep, int most)
    {
        var cells = deep.X.ColumnCounts();
        int[] common = [.. Enumerable.Range(0, cells.Length).Where(gene => cells[gene] >= Math.Max(2, deep.CellCount / 5))];
        return [.. HighlyVariableGenes.Select(Normalisation.LogNormalise(deep.SelectGenes(common).X), most).Select(gene => common[gene])];
    }

    private static int[] Known(AnnData cells, ScFoundationModel model) =>
        [.. Enumerable.Range(0, cells.GeneCount).Where(gene => model.Vocabulary.IndexOf(cells.VarNames[gene]) >= 0)];
}
