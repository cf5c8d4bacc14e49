using ScFm.Model.Models;
using ScFm.Model.Models.ScFoundation;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tasks;

/// <summary>Runs a model over cells in batches, with progress and without gradients.</summary>
internal static class Inference
{
    /// <summary>Calls <paramref name="run"/> for each batch of cells.</summary>
    /// <param name="model">The model; it is set to evaluation.</param>
    /// <param name="cells">Every cell's tokens.</param>
    /// <param name="run">Gets the cells of a batch and their indices.</param>
    /// <param name="decode">True where <paramref name="run"/> calls the decoder, which needs memory for every gene.</param>
    /// <param name="progress">Told the number of cells done.</param>
    /// <param name="cancellation">Throws between two batches.</param>
    /// <param name="oneBatch">True to run all cells as one batch, whatever memory it needs. Default: false.</param>
    /// <exception cref="InvalidDataException">The decoder is to be called for a cell with a value that the reference takes for padding.</exception>
    public static void Run(
        ScFoundationModel model, IReadOnlyList<CellTokens> cells, bool decode, Action<TokenBatch, int[]> run, IProgress<int>? progress, CancellationToken cancellation,
        bool oneBatch = false)
    {
        if (decode)
        {
            ExpectNoPadding(cells, model.Config);
        }
        var config = model.Config;
        // A single decoder block is run for the wanted genes only; of more blocks, all but the last are run for every gene.
        var wanted = cells.Count == 0 || cells[0].Wanted is null || config.DecoderDepth > 1 ? config.Positions : cells.Max(c => c.Wanted!.Length);
        var decoded = decode ? (long)wanted : 0;
        long Cost(int visible) => Math.Max(
            config.Footprint(visible),
            decoded * Math.Max(config.DecoderWidth * 4L, config.DecoderHeads * Nn.RandomFeatures.Count(config.DecoderHeadWidth)));
        var lengths = cells.Select(c => c.VisibleCount).ToArray();

        using var noGradients = no_grad();
        model.Module.eval();
        var done = 0;
        foreach (var batch in InferenceBatches.Plan(lengths, Cost, oneBatch ? long.MaxValue : InferenceBatches.BudgetOn(model.Module.PositionEmbedding.device)))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            run(TokenBatch.Pack([.. batch.Select(i => cells[i])], config.Genes, model.Module.PositionEmbedding.device), batch);
            done += batch.Length;
            progress?.Report(done);
        }
    }

    private static void ExpectNoPadding(IReadOnlyList<CellTokens> cells, ScFoundationConfig config)
    {
        for (var cell = 0; cell < cells.Count; cell++)
        {
            if (cells[cell].Padding.Length > 0)
            {
                throw new InvalidDataException(
                    $"Cell {cell} has a value equal to {ReferenceTokens.PaddingCode(config)}, which the reference takes for padding and cannot decode; expected Compat.Sensible.");
            }
        }
    }
}
