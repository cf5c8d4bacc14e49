using ScFm.Model.Cells;
using ScFm.Model.Models;
using ScFm.Model.Models.ScFoundation;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tasks.Annotation.Heads;

/// <summary>The vectors of cells under an encoder that stays as it is, computed once: a head then trains in seconds.</summary>
internal sealed class KeptVectors : IEncodableCells
{
    private readonly IEncodableCells cells;
    private readonly Tensor vectors;

    private KeptVectors(IEncodableCells cells, DenseMatrix values, Device device)
    {
        (this.cells, Values) = (cells, values);
        vectors = tensor(values.Values, [values.Rows, values.Columns]).to(device);
    }

    /// <summary>The vectors, [cells, width].</summary>
    public DenseMatrix Values { get; }

    public int Count => cells.Count;

    public string Identity => cells.Identity;

    /// <summary>Computes the vectors of all cells.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="cells">The cells, as it reads them.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    public static KeptVectors Of(ICellEncoder encoder, IEncodableCells cells, CancellationToken cancellation = default) =>
        new(cells, Compute(encoder, cells, cancellation), encoder.Module.parameters().First().device);

    /// <summary>The vectors of all cells, [cells, width], in batches of cells of like length and without gradients.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="cells">The cells, as it reads them.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    public static DenseMatrix Compute(ICellEncoder encoder, IEncodableCells cells, CancellationToken cancellation = default)
    {
        var values = new DenseMatrix(cells.Count, encoder.Width);
        using var noGradients = no_grad();
        encoder.Module.eval();
        // some cells at a time, so that those of a batch lie near each other in their file
        foreach (var block in Enumerable.Range(0, cells.Count).Chunk(CellBlocks.Size))
        {
            foreach (var places in InferenceBatches.Plan(Array.ConvertAll(block, cells.Tokens), encoder.Footprint, InferenceBatches.Budget))
            {
                cancellation.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                var batch = Array.ConvertAll(places, place => block[place]);
                var computed = cells.Embed(batch).cpu().contiguous().data<float>().ToArray();
                for (var i = 0; i < batch.Length; i++)
                {
                    computed.AsSpan(i * values.Columns, values.Columns).CopyTo(values.Row(batch[i]));
                }
            }
        }
        return values;
    }

    public Tensor Embed(ReadOnlySpan<int> cells) => vectors.index_select(0, tensor(Array.ConvertAll(cells.ToArray(), cell => (long)cell), device: vectors.device));

    public int Tokens(int cell) => cells.Tokens(cell);
}
