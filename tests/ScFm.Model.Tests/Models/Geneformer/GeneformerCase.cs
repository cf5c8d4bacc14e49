using ScFm.Model.Cells;
using ScFm.Model.Models.Geneformer;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Models.Geneformer;

/// <summary>The fixture of the published Geneformer as this project's genes, module and batches.</summary>
internal sealed class GeneformerCase
{
    private const string Name = "geneformer_tiny";
    private const long NoTarget = -100;

    public GeneformerCase()
    {
        Golden = Golden.Read(Name);
        int Number(string name) => Golden.Config[name]!.GetValue<int>();
        Genes = new GeneformerGenes(new GeneVocabulary(Enumerable.Range(0, Number("vocab_size") - 2).Select(i => $"GENE{i}")), Golden.Numbers("gene_median"));
        Module = new GeneformerModule(
            new GeneformerConfig
            {
                Width = Number("hidden_size"),
                Layers = Number("num_hidden_layers"),
                Heads = Number("num_attention_heads"),
                FeedForward = Number("intermediate_size"),
                MaxLength = Number("max_position_embeddings"),
                Epsilon = Golden.Config["layer_norm_eps"]!.GetValue<double>(),
                Dropout = 0, // the fixture was made without
                AttentionDropout = 0,
            },
            Genes.Tokens);
        Module.LoadPublished(Golden.Under("state."), Name);
        Module.eval();
        Lengths = [.. Golden.Integers("lengths").Select(length => (int)length)];
        Tokens = Cut(Golden.Integers("input_ids"));
        var (seen, labels) = (Cut(Golden.Integers("mlm_input")), Cut(Golden.Integers("mlm_labels")));
        Masked =
        [
            .. seen.Zip(labels, (tokens, targets) =>
            {
                int[] predicted = [.. Enumerable.Range(0, tokens.Length).Where(rank => targets[rank] != NoTarget)];
                return new MaskedCell(tokens, predicted, [.. predicted.Select(rank => targets[rank])]);
            }),
        ];
    }

    public Golden Golden { get; }

    public GeneformerGenes Genes { get; }

    public GeneformerModule Module { get; }

    public int[] Lengths { get; }

    /// <summary>Each cell's tokens.</summary>
    public int[][] Tokens { get; }

    public MaskedCell[] Masked { get; }

    /// <summary>The counts, as cells whose gene outside the vocabulary makes up for the rest of their total counts.</summary>
    public AnnData Cells()
    {
        var (counts, totals) = (Golden.Numbers("counts"), Golden.Numbers("n_counts"));
        var (rows, genes) = (totals.Length, Genes.Vocabulary.Count);
        var dense = new DenseMatrix(rows, genes + 1);
        for (var row = 0; row < rows; row++)
        {
            for (var gene = 0; gene < genes; gene++)
            {
                dense[row, gene] = (float)counts[row * genes + gene];
            }
            dense[row, genes] = (float)(totals[row] - counts[(row * genes)..((row + 1) * genes)].Sum());
        }
        return new AnnData(CsrMatrix.FromDense(dense), [.. Enumerable.Range(0, rows).Select(i => $"cell-{i}")], [.. Genes.Vocabulary.Names, "OUTSIDE"]);
    }

    /// <summary>Those rows of a padded tensor [cells, length, ...] that are no padding, one cell after another.</summary>
    public Tensor Packed(Tensor padded) => cat([.. Lengths.Select((length, cell) => padded[cell].narrow(0, 0, length))]);

    private int[][] Cut(long[] padded)
    {
        var width = padded.Length / Lengths.Length;
        return [.. Lengths.Select((length, cell) => padded[(cell * width)..(cell * width + length)].Select(token => (int)token).ToArray())];
    }
}
