using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;
using static TorchSharp.torch;

namespace ScFm.Model.Tasks.Annotation.Heads;

/// <summary>Cells as a scFoundation reads them: all expressed genes, and each cell's own depth wanted and observed.</summary>
internal sealed class ScFoundationCells(ScFoundationModel model, Pooling pooling, MappedCounts counts) : IEncodableCells
{
    private static readonly int[] wanted = [0]; // a gene that nobody asks for: else a batch would have room for all of them

    public int Count => counts.Count;

    public string Identity => counts.Identity;

    public Tensor Embed(ReadOnlySpan<int> cells)
    {
        var read = counts.Read(cells);
        var (values, totals) = (Normalisation.LogNormalise(read), read.RowSums());
        var tokens = new CellTokens[read.Rows];
        for (var cell = 0; cell < tokens.Length; cell++)
        {
            var depth = (float)Math.Log10(totals[cell]);
            tokens[cell] = new CellTokens
            {
                Visible = values.RowIndices(cell).ToArray(),
                VisibleValues = values.RowValues(cell).ToArray(),
                TargetDepth = depth,
                SourceDepth = depth,
                Wanted = wanted,
            };
        }
        var batch = TokenBatch.Pack(tokens, model.Config.Genes, model.Module.PositionEmbedding.device);
        return pooling.Pool(batch, model.Module.Encode(batch));
    }

    public int Tokens(int cell) => counts.Lengths[cell] + ScFoundationEncoder.DepthTokens;
}
