using ScFm.Model.Cells;
using ScFm.Model.Models.ScBert;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Models.ScBert;

/// <summary>The fixture of the published scBERT as this project's genes, module and batches.</summary>
internal sealed class ScBertCase
{
    public const string Name = "scbert_tiny";

    public ScBertCase(Compat compat = Compat.Reference)
    {
        Golden = Golden.Read(Name);
        int Number(string name) => Golden.Config[name]!.GetValue<int>();
        Genes = new GeneVocabulary(Enumerable.Range(0, Number("gene_num")).Select(i => $"GENE{i}"));
        Config = new ScBertConfig
        {
            Width = Number("dim"),
            Layers = Number("depth"),
            Heads = Number("heads"),
            HeadWidth = Number("dim_head"),
            LargestBin = Number("bin_num"),
            GeneVectors = GeneVectorKind.Given,
            Compat = compat,
        };
        Module = new ScBertModule(Config, Genes.Count);
        PublishedWeights.Load(CheckpointNames.Of(Module), Golden.Under("state."), Name);
        Module.eval();
        Tokens = Bins("tokens");
        var labels = Rows("labels");
        Masked =
        [
            .. Bins("masked_input").Zip(labels, Tokens).Select(cell =>
            {
                var (seen, targets, _) = cell;
                int[] predicted = [.. Enumerable.Range(0, seen.Genes.Length).Where(i => targets[seen.Genes[i]] != Config.MaskToken)];
                return new MaskedBins(seen, predicted, [.. predicted.Select(i => (int)targets[seen.Genes[i]])]);
            }),
        ];
    }

    public Golden Golden { get; }

    public GeneVocabulary Genes { get; }

    public ScBertConfig Config { get; }

    public ScBertModule Module { get; }

    /// <summary>Each cell's bins.</summary>
    public BinnedCell[] Tokens { get; }

    public MaskedBins[] Masked { get; }

    /// <summary>The head of the fixture, which is narrower than the published one.</summary>
    public ConvolutionHead Head()
    {
        var weights = Golden.Under("head.");
        long Rows(string layer) => weights[$"{layer}.weight"].shape[0];
        var head = new ConvolutionHead(Config.Width, Genes.Count + 1, Rows("fc3"), Rows("fc1"), Rows("fc2"));
        foreach (var (name, weight) in head.state_dict())
        {
            using var _ = no_grad();
            weight.copy_(weights[name].view(weight.shape));
        }
        return head;
    }

    /// <summary>The counts as cells.</summary>
    public AnnData Cells()
    {
        var counts = Golden.Numbers("counts");
        var rows = counts.Length / Genes.Count;
        var dense = new DenseMatrix(rows, Genes.Count, Array.ConvertAll(counts, count => (float)count));
        return new AnnData(CsrMatrix.FromDense(dense), [.. Enumerable.Range(0, rows).Select(i => $"cell-{i}")], [.. Genes.Names]);
    }

    /// <summary>The rows of a tensor of integers, [cells, genes + 1].</summary>
    public long[][] Rows(string name) => [.. Golden.Integers(name).Chunk(Genes.Count + 1)];

    private BinnedCell[] Bins(string name) =>
    [
        .. Rows(name).Select(row =>
        {
            int[] genes = [.. Enumerable.Range(0, Genes.Count).Where(gene => row[gene] > 0)];
            return new BinnedCell(genes, [.. genes.Select(gene => (int)row[gene])]);
        }),
    ];
}
