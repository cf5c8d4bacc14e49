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
    private const int LeastCells = 2; // a gene of one cell teaches nothing

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
        var genes = given is null ? StudyGenes.MostExpressed(pairs.Deep.SelectCells(split.Train), options.MostGenes, LeastCells) : Known(pairs.Deep, given);
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
            StudyMethods.Select(StudyMethods.All(training.Deep, model, options.Rivals), methods));
    }

    private static int[] Known(AnnData cells, ScFoundationModel model) =>
        [.. Enumerable.Range(0, cells.GeneCount).Where(gene => model.Vocabulary.IndexOf(cells.VarNames[gene]) >= 0)];
}
