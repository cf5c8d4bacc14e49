using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;
using static TorchSharp.torch;

namespace ScFm.Model.Models.Geneformer;

public sealed partial class GeneformerModel
{
    /// <summary>Of each cell, the correlation of the ranks that its genes have with those that the model gives back; see <see cref="RankReconstruction"/>.</summary>
    /// <param name="cells">Cells with raw counts, of any source.</param>
    /// <param name="aliases">Other names of genes. Default: none.</param>
    /// <param name="progress">Told the number of cells done. Default: nobody.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>One correlation a cell, -1 to 1.</returns>
    /// <exception cref="InvalidDataException">The values are not raw counts, or the source or a cell has no gene of the model.</exception>
    public double[] RankCorrelations(ICellSource cells, GeneAliases? aliases = null, IProgress<int>? progress = null, CancellationToken cancellation = default) =>
        ReconstructRanks(cells, aliases, progress, cancellation).Correlations;

    /// <summary>The same beside what the mean order of the other cells' genes gives; some 20 KB a cell are held meanwhile.</summary>
    /// <inheritdoc cref="RankCorrelations"/>
    public RankReconstruction ReconstructRanks(ICellSource cells, GeneAliases? aliases = null, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        var places = new RankPlaces[cells.CellCount];
        Infer(cells, aliases, progress, cancellation, (batch, indices) =>
        {
            var states = Module.Encode(batch);
            for (var i = 0; i < indices.Length; i++)
            {
                places[indices[i]] = RankPlaces.Of(batch.Rows.Of(i, batch.Tokens).cpu().data<long>().ToArray(), Likeliest(batch.Rows.Of(i, states)));
            }
        });
        return new RankReconstruction(Array.ConvertAll(places, cell => cell.Correlation), RankPlaces.CorrelationsWithOthers(places, Module.Tokens));
    }

    /// <summary>The token thought most likely for each state; some states at a time, because each has a logit for every token.</summary>
    private long[] Likeliest(Tensor states)
    {
        var atATime = Math.Max(1, InferenceBatches.BudgetOn(Module.Device) / Module.Tokens);
        var likeliest = new List<long>();
        for (var first = 0L; first < states.shape[0]; first += atATime)
        {
            using var scope = NewDisposeScope();
            likeliest.AddRange(Module.Predict(states.narrow(0, first, Math.Min(atATime, states.shape[0] - first))).argmax(1).cpu().data<long>().ToArray());
        }
        return [.. likeliest];
    }
}
