using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScGpt;

public sealed partial class ScGptModel
{
    /// <summary>One vector a cell, of length 1 as published.</summary>
    /// <param name="cells">Cells with raw counts, of any source; they are read some at a time. A model with a norm a batch reads the batches from obs.</param>
    /// <param name="aliases">Other names of genes, such as symbols of Ensembl ids. Default: none.</param>
    /// <param name="progress">Told the number of cells done. Default: nobody.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>[cells, width], in the order of the cells.</returns>
    /// <exception cref="InvalidDataException">The values are not raw counts, the source has no gene of the model, or a cell is of a batch that the model does not know.</exception>
    /// <remarks>A cell's vector does not depend on the cells it shares a batch with; what is drawn for it, equal counts spread over bins and the genes of a cell with too many, its own counts decide.</remarks>
    public DenseMatrix Embed(ICellSource cells, GeneAliases? aliases = null, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        var embedding = new DenseMatrix(cells.CellCount, Config.Width);
        Infer(cells, aliases, progress, cancellation, states => nn.functional.normalize(states), embedding);
        return embedding;
    }

    /// <summary>How likely each type is for each cell.</summary>
    /// <param name="cells">Cells with raw counts, of any source.</param>
    /// <param name="aliases">Other names of genes. Default: none.</param>
    /// <param name="progress">Told the number of cells done. Default: nobody.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>[cells, types]; each row sums to 1.</returns>
    /// <exception cref="InvalidOperationException">The model was not fine-tuned for types.</exception>
    /// <exception cref="InvalidDataException">The values are not raw counts, or the source has no gene of the model.</exception>
    public DenseMatrix TypeProbabilities(ICellSource cells, GeneAliases? aliases = null, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        if (Types.Count == 0)
        {
            throw new InvalidOperationException("The model tells no cell types; expected one that was fine-tuned for them.");
        }
        var probabilities = new DenseMatrix(cells.CellCount, Types.Count);
        Infer(cells, aliases, progress, cancellation, states => nn.functional.softmax(Module.TypeLogits(states), 1), probabilities);
        return probabilities;
    }

    /// <summary>Runs the network over all cells of a source, without gradients, those of like length together.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="aliases">Other names of genes.</param>
    /// <param name="progress">Told the number of cells done.</param>
    /// <param name="cancellation">Throws between two batches.</param>
    /// <param name="output">Cells' vectors [B, width] to rows of the result.</param>
    /// <param name="result">Gets a row a cell.</param>
    private void Infer(ICellSource cells, GeneAliases? aliases, IProgress<int>? progress, CancellationToken cancellation, Func<Tensor, Tensor> output, DenseMatrix result)
    {
        var reader = new ScGptReader(cells, Vocabulary, Config, aliases);
        var codes = Config.InputNorm == InputNorm.OfBatch ? batches.CodesOf(cells) : null;
        var widest = Math.Max(3 * Config.Width, Config.FeedForward);
        using var noGradients = no_grad();
        Module.eval();
        var done = 0;
        foreach (var (first, block) in reader.Blocks([.. Enumerable.Range(0, cells.CellCount)], cancellation: cancellation))
        {
            foreach (var indices in InferenceBatches.Plan([.. block.Select(cell => cell.Tokens.Length)], length => Math.Max((long)length * widest, (long)length * length * Config.Heads), InferenceBatches.BudgetOn(Module.Device)))
            {
                cancellation.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                var batch = ScGptBatch.Pack([.. indices.Select(i => block[i])], Module.Device) with
                {
                    Batches = codes is null ? null : tensor(Array.ConvertAll(indices, i => codes[first + i]), device: Module.Device),
                };
                var values = output(Module.call(batch).Cells).cpu().data<float>().ToArray();
                for (var i = 0; i < indices.Length; i++)
                {
                    values.AsSpan(i * result.Columns, result.Columns).CopyTo(result.Row(first + indices[i]));
                }
                progress?.Report(done += indices.Length);
            }
        }
    }
}
