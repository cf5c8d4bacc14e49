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
        this.cells = cells;
        vectors = tensor(values.Values, [values.Rows, values.Columns]).to(device);
    }

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
        var row = 0;
        foreach (var block in Blocks(encoder, cells, cancellation))
        {
            block.Values.CopyTo(values.Values.AsSpan(row * values.Columns));
            row += block.Rows;
        }
        return values;
    }

    /// <summary>The same, some cells at a time in their order, so that they need not all lie in memory.</summary>
    /// <returns>Vectors of cell after cell, [some cells, width].</returns>
    public static IEnumerable<DenseMatrix> Blocks(ICellEncoder encoder, IEncodableCells cells, CancellationToken cancellation = default)
    {
        // some cells at a time, so that those of a batch lie near each other in their file
        foreach (var block in Enumerable.Range(0, cells.Count).Chunk(CellBlocks.Size))
        {
            yield return Compute(encoder, cells, block, cancellation);
        }
    }

    private static DenseMatrix Compute(ICellEncoder encoder, IEncodableCells cells, int[] chosen, CancellationToken cancellation)
    {
        var values = new DenseMatrix(chosen.Length, encoder.Width);
        using var noGradients = no_grad();
        encoder.Module.eval();
        foreach (var places in InferenceBatches.Plan(Array.ConvertAll(chosen, cells.Tokens), encoder.Footprint, InferenceBatches.BudgetOn(encoder.Module.parameters().First().device)))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var computed = cells.Embed(Array.ConvertAll(places, place => chosen[place])).cpu().contiguous().data<float>().ToArray();
            for (var i = 0; i < places.Length; i++)
            {
                computed.AsSpan(i * values.Columns, values.Columns).CopyTo(values.Row(places[i]));
            }
        }
        return values;
    }

    public Tensor Embed(ReadOnlySpan<int> cells) => vectors.index_select(0, tensor(Array.ConvertAll(cells.ToArray(), cell => (long)cell), device: vectors.device));

    public int Tokens(int cell) => cells.Tokens(cell);
}
