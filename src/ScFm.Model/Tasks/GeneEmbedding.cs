using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;

namespace ScFm.Model.Tasks;

/// <summary>Gene embeddings: what a gene is in the context of one cell, from the decoder.</summary>
/// <remarks>Source: get_embedding.py of the reference, output types gene and gene_batch. The width is the decoder's.</remarks>
/// <example><code>
/// var vectors = GeneEmbedding.Of(model, cells, ["CD3E", "MS4A1"])["CD3E"]; // [cells, width]
/// GeneEmbedding.Stream(model, cells, (cell, genes) => Save(cell, genes)); // one [genes, width] at a time
/// </code></example>
public static class GeneEmbedding
{
    /// <summary>The vectors of the wanted genes, one cell after the other, so that no more than a batch is in memory.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cells">Single cells or bulk samples, as the options say.</param>
    /// <param name="keep">Is given each cell's index and its vectors, [wanted genes, width], which are its own to keep; cells come in the order of their size.</param>
    /// <param name="options">Genes, depth and what the cells are. Default: all genes of the model in each cell's own depth.</param>
    /// <param name="aliases">Other names of the cells' genes. Default: none.</param>
    /// <param name="progress">Told the number of cells done. Default: nobody.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <exception cref="ArgumentException">A gene is not of the model, no gene is asked for, or the options contradict each other.</exception>
    /// <exception cref="InvalidDataException">The values are not what the options say, or a cell has no gene of the vocabulary.</exception>
    public static void Stream(
        ScFoundationModel model, AnnData cells, Action<int, DenseMatrix> keep, GeneEmbeddingOptions? options = null, GeneAliases? aliases = null,
        IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        options ??= new();
        if (options is { OneBatch: true, Input.Compat: not Compat.Reference })
        {
            throw new ArgumentException("OneBatch is true without Compat.Reference; expected each cell by itself, since only the reference lets the cells of a batch change each other.");
        }
        var wanted = options.Genes is null ? null : PlacesOf(options.Genes, model.Vocabulary);
        var count = wanted?.Length ?? model.Vocabulary.Count;
        var tokens = ModelProfiles.Read(model, cells, options.Input, aliases).Tokens(options.Depth, _ => wanted);
        var before = model.Module.Decoder.WholeBatchMaximum;
        model.Module.WholeBatchMaximum = options.OneBatch;
        try
        {
            Inference.Run(model, tokens, decode: true, (batch, indices) =>
            {
                var genes = model.Module.GeneEmbeddings(batch, model.Module.Encode(batch)).narrow(1, 0, count); // [B, genes, D'], without T and S
                for (var i = 0; i < indices.Length; i++)
                {
                    keep(indices[i], new DenseMatrix(count, (int)genes.shape[2], genes[i].contiguous().cpu().data<float>().ToArray()));
                }
            }, progress, cancellation, options.OneBatch);
        }
        finally
        {
            model.Module.WholeBatchMaximum = before;
        }
    }

    /// <summary>The vectors of some genes in every cell.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cells">Single cells or bulk samples, as the options say.</param>
    /// <param name="genes">Names of genes, as the model's vocabulary has them.</param>
    /// <param name="options">Depth and what the cells are; its genes are not looked at. Default: each cell's own depth.</param>
    /// <param name="aliases">Other names of the cells' genes. Default: none.</param>
    /// <param name="progress">Told the number of cells done. Default: nobody.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>For each gene, [cells, width].</returns>
    /// <exception cref="ArgumentException">A gene is not of the model, or the options contradict each other.</exception>
    /// <exception cref="InvalidDataException">The values are not what the options say, or a cell has no gene of the vocabulary.</exception>
    public static IReadOnlyDictionary<string, DenseMatrix> Of(
        ScFoundationModel model, AnnData cells, IReadOnlyList<string> genes, GeneEmbeddingOptions? options = null, GeneAliases? aliases = null,
        IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        var vectors = genes.Distinct().ToDictionary(gene => gene, _ => new DenseMatrix(cells.CellCount, model.Config.DecoderWidth));
        Stream(model, cells, (cell, found) =>
        {
            for (var i = 0; i < genes.Count; i++)
            {
                found.Row(i).CopyTo(vectors[genes[i]].Row(cell));
            }
        }, (options ?? new()) with { Genes = genes }, aliases, progress, cancellation);
        return vectors;
    }

    private static int[] PlacesOf(IReadOnlyList<string> genes, GeneVocabulary vocabulary)
    {
        string[] unknown = [.. genes.Where(gene => vocabulary.IndexOf(gene) < 0)];
        if (genes.Count == 0 || unknown.Length > 0)
        {
            throw new ArgumentException(
                $"{(genes.Count == 0 ? "No gene is asked for" : $"The model has no gene {string.Join(", ", unknown.Select(gene => $"'{gene}'"))}")}; expected some of its {vocabulary}.");
        }
        return [.. genes.Select(vocabulary.IndexOf)];
    }
}
