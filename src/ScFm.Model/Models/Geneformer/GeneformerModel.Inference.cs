using ScFm.Model.Cells;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Models.Geneformer;

public sealed partial class GeneformerModel
{
    /// <summary>Runs the network over all cells of a source, without gradients.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="aliases">Other names of genes.</param>
    /// <param name="progress">Told the number of cells done.</param>
    /// <param name="cancellation">Throws between two batches.</param>
    /// <param name="run">Gets a batch and which cells are in it.</param>
    private void Infer(ICellSource cells, GeneAliases? aliases, IProgress<int>? progress, CancellationToken cancellation, Action<RankBatch, int[]> run)
    {
        var reader = new RankReader(cells, Genes, Config.MaxLength, aliases);
        var done = 0;
        foreach (var (first, tokens) in reader.Blocks([.. Enumerable.Range(0, cells.CellCount)], cancellation))
        {
            Infer(tokens, (batch, indices) =>
            {
                run(batch, Array.ConvertAll(indices, i => first + i));
                progress?.Report(done += indices.Length);
            }, cancellation);
        }
    }

    /// <summary>Runs the network over sequences of tokens, those of like length together.</summary>
    /// <param name="cells">The tokens of each.</param>
    /// <param name="run">Gets a batch and which of the sequences are in it.</param>
    /// <param name="cancellation">Throws between two batches.</param>
    private void Infer(IReadOnlyList<int[]> cells, Action<RankBatch, int[]> run, CancellationToken cancellation)
    {
        using var noGradients = no_grad();
        Module.eval();
        foreach (var indices in InferenceBatches.Plan([.. cells.Select(cell => cell.Length)], length => Config.Footprint(length), InferenceBatches.BudgetOn(Module.Device)))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            run(RankBatch.Pack([.. indices.Select(i => cells[i])], Module.Device), indices);
        }
    }
}
