using ScFm.Model.Cells;
using ScFm.Model.Models.Geneformer;
using static TorchSharp.torch;

namespace ScFm.Model.Tasks.Annotation.Heads;

/// <summary>Cells as a Geneformer reads them: their genes by rank. Of each cell only its length is at hand.</summary>
internal sealed class GeneformerCells : IEncodableCells
{
    private readonly GeneformerModel model;
    private readonly int blocks;
    private readonly RankReader reader;
    private readonly int[] lengths;
    private readonly Lazy<string> identity;

    public GeneformerCells(GeneformerModel model, int blocks, ICellSource cells, CancellationToken cancellation)
    {
        (this.model, this.blocks, lengths, identity) = (model, blocks, new int[cells.CellCount], new(() => cells.CountIdentity));
        reader = new RankReader(cells, model.Genes, model.Config.MaxLength);
        foreach (var (first, tokens) in reader.Blocks([.. Enumerable.Range(0, cells.CellCount)], cancellation))
        {
            Array.ConvertAll(tokens, cell => cell.Length).CopyTo(lengths, first);
        }
    }

    public int Count => lengths.Length;

    public string Identity => identity.Value;

    public Tensor Embed(ReadOnlySpan<int> cells) => model.Module.CellMeans(RankBatch.Pack(reader.Read(cells.ToArray()), model.Module.Device), blocks);

    public int Tokens(int cell) => lengths[cell];
}
