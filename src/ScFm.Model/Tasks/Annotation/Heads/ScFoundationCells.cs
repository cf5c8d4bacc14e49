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
        var batch = TokenBatch.Pack(OwnDepthTokens.Of(counts.Read(cells), wanted), model.Config.Genes, model.Module.PositionEmbedding.device);
        return pooling.Pool(batch, model.Module.Encode(batch));
    }

    public int Tokens(int cell) => counts.Lengths[cell] + ScFoundationEncoder.DepthTokens;
}
