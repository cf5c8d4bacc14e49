using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Models.Geneformer;

/// <summary>A Geneformer with the genes it knows: what is trained, saved, loaded and used.</summary>
/// <remarks>Source: Geneformer (Theodoris et al. 2023).</remarks>
/// <example><code>
/// var model = GeneformerModel.Train(cells, new GeneformerOptions { Config = GeneformerConfig.Tiny });
/// cells.Obsm["X_geneformer"] = model.Embed(cells);
/// model.Save("pbmc.safetensors");
/// </code></example>
public sealed partial class GeneformerModel : IModel
{
    /// <summary>Joins a module and its genes.</summary>
    /// <exception cref="ArgumentException">The module has another number of tokens than the genes ask for.</exception>
    public GeneformerModel(GeneformerModule module, GeneformerGenes genes)
    {
        if (module.Tokens != genes.Tokens)
        {
            throw new ArgumentException($"The module has {module.Tokens} tokens; expected {genes.Tokens}, for {genes.Vocabulary.Count} genes, padding and mask.");
        }
        (Module, Genes) = (module, genes);
    }

    /// <summary>The network.</summary>
    public GeneformerModule Module { get; }

    /// <inheritdoc/>
    public IReadOnlyList<nn.Module> Networks => [Module];

    /// <summary>The genes and their medians.</summary>
    public GeneformerGenes Genes { get; }

    /// <summary>The sizes.</summary>
    public GeneformerConfig Config => Module.Config;

    /// <summary>How the cells it was last trained on were chosen; null where they were not taken from a <see cref="Corpus"/>.</summary>
    public Recipe? Recipe { get; private init; }

    /// <summary>How it was trained; null for a model that was made or loaded.</summary>
    public GeneformerReport? Report { get; private init; }

    /// <summary>A model with random weights.</summary>
    /// <param name="config">Sizes.</param>
    /// <param name="genes">Genes and medians.</param>
    /// <param name="seed">Seed of the weights. Default: 0.</param>
    public static GeneformerModel Create(GeneformerConfig config, GeneformerGenes genes, int seed = 0)
    {
        manual_seed(seed);
        return new GeneformerModel(new GeneformerModule(config, genes.Tokens), genes);
    }

    /// <summary>One vector a cell: the mean of its tokens' states.</summary>
    /// <param name="cells">Cells with raw counts, of any source; they are read some at a time.</param>
    /// <param name="layer">Whose states. Default: those of the second to last block, as published.</param>
    /// <param name="aliases">Other names of genes, such as symbols of Ensembl ids. Default: none.</param>
    /// <param name="progress">Told the number of cells done. Default: nobody.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>[cells, width], in the order of the cells.</returns>
    /// <exception cref="InvalidDataException">The values are not raw counts, or the source or a cell has no gene of the model.</exception>
    /// <remarks>A cell's vector does not depend on the cells it shares a batch with.</remarks>
    public DenseMatrix Embed(
        ICellSource cells, EmbeddingLayer layer = EmbeddingLayer.SecondToLast, GeneAliases? aliases = null, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        var embedding = new DenseMatrix(cells.CellCount, Config.Width);
        Infer(cells, aliases, progress, cancellation, (batch, indices) => CellMeans(batch, layer, (i, mean) => mean.CopyTo(embedding.Row(indices[i]))));
        return embedding;
    }

    /// <summary>The vectors of the genes before any cell is seen: those of their tokens.</summary>
    /// <returns>In the order of the vocabulary, [genes, width].</returns>
    public DenseMatrix GeneVectors()
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var vectors = Module.TokenVectors.narrow(0, GeneformerGenes.FirstGene, Genes.Vocabulary.Count);
        return new DenseMatrix(Genes.Vocabulary.Count, Config.Width, vectors.cpu().contiguous().data<float>().ToArray());
    }

    /// <summary>The vectors of genes in the context of a cell: the states of its tokens.</summary>
    /// <param name="cells">Cells with raw counts.</param>
    /// <param name="cell">Which of them.</param>
    /// <param name="layer">Whose states. Default: those of the second to last block.</param>
    /// <param name="aliases">Other names of genes. Default: none.</param>
    /// <returns>The names of the cell's genes by descending rank, and a vector each, [genes, width].</returns>
    /// <exception cref="InvalidDataException">The values are not raw counts, or the cell has no gene of the model.</exception>
    public (string[] Genes, DenseMatrix Vectors) EmbedGenes(ICellSource cells, int cell, EmbeddingLayer layer = EmbeddingLayer.SecondToLast, GeneAliases? aliases = null)
    {
        var tokens = new RankReader(cells, Genes, Config.MaxLength, aliases).Read([cell])[0];
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        Module.eval();
        var states = Module.Encode(RankBatch.Pack([tokens], Module.Device), Blocks(layer)).cpu().contiguous();
        return ([.. tokens.Select(token => Genes.Vocabulary.Names[token - GeneformerGenes.FirstGene])], new DenseMatrix(tokens.Length, Config.Width, states.data<float>().ToArray()));
    }

    /// <summary>How many blocks a cell passes through on the way to its vector.</summary>
    internal int Blocks(EmbeddingLayer layer) => layer == EmbeddingLayer.Last ? Config.Layers : Config.Layers - 1;

    /// <summary>Gives each cell of a batch the mean of its states.</summary>
    private void CellMeans(RankBatch batch, EmbeddingLayer layer, Action<int, ReadOnlySpan<float>> take)
    {
        var means = Module.CellMeans(batch, Blocks(layer)).cpu().data<float>().ToArray();
        for (var i = 0; i < batch.Rows.Cells; i++)
        {
            take(i, means.AsSpan(i * Config.Width, Config.Width));
        }
    }
}
