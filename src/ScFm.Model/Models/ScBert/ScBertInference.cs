using ScFm.Model.Cells;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScBert;

/// <summary>Runs a network over all cells of a source, without gradients.</summary>
internal static class ScBertInference
{
    /// <summary>Goes through the cells.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="module">The network whose genes and sizes count.</param>
    /// <param name="genes">Its genes.</param>
    /// <param name="aliases">Other names of genes.</param>
    /// <param name="progress">Told the number of cells done.</param>
    /// <param name="cancellation">Throws between two batches.</param>
    /// <param name="run">Gets a batch, and its first cell.</param>
    public static void Run(
        ICellSource cells, ScBertModule module, GeneVocabulary genes, GeneAliases? aliases, IProgress<int>? progress, CancellationToken cancellation, Action<BinBatch, int> run)
    {
        var config = module.Config;
        var widest = (module.Genes + 1L) * Math.Max(4 * config.Width, config.Heads * config.HeadWidth);
        var size = (int)Math.Max(1, InferenceBatches.BudgetOn(module.Device) / widest);
        using var noGradients = no_grad();
        foreach (var (first, block) in new BinReader(cells, genes, config, aliases).Blocks([.. Enumerable.Range(0, cells.CellCount)], cancellation))
        {
            var start = first;
            foreach (var part in block.Chunk(size))
            {
                cancellation.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                run(BinBatch.Pack(part, module.Genes, module.Device), start);
                start += part.Length;
                progress?.Report(start);
            }
        }
    }
}
