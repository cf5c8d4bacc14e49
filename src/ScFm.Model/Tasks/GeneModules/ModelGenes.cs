using ScFm.Model.Cells;
using ScFm.Model.Models;
using ScFm.Model.Models.Geneformer;
using ScFm.Model.Models.ScBert;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Models.ScGpt;
using ScFm.Model.Models.ScVi;

namespace ScFm.Model.Tasks.GeneModules;

/// <summary>The vectors that a trained model has for genes.</summary>
/// <remarks>
/// A Geneformer, scBERT and scGPT have one of their own for every gene, an LDVAE its loadings. A scFoundation's are those of its decoder in the context of a cell, as published; here their mean over cells.
/// </remarks>
public static class ModelGenes
{
    /// <summary>Takes the vectors of some genes.</summary>
    /// <param name="model">A scFoundation, Geneformer, scBERT, scGPT or LDVAE.</param>
    /// <param name="cells">Cells with raw counts, whose genes they are; a scFoundation reads them.</param>
    /// <param name="wanted">Columns of the cells' genes.</param>
    /// <param name="aliases">Other names of genes. Default: none.</param>
    /// <param name="progress">Told the number of cells read. Default: nobody.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>Those of the wanted genes that the model knows, by the cells' names, each once; and a vector each, [genes, width].</returns>
    /// <exception cref="ArgumentException">The model has no vectors of genes, or knows none of the wanted ones.</exception>
    public static (IReadOnlyList<string> Genes, DenseMatrix Vectors) Of(
        IModel model, AnnData cells, IReadOnlyList<int> wanted, GeneAliases? aliases = null, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        var vocabulary = model switch
        {
            ScFoundationModel scFoundation => scFoundation.Vocabulary,
            GeneformerModel geneformer => geneformer.Genes.Vocabulary,
            ScBertModel scBert => scBert.Genes,
            ScGptModel scGpt => scGpt.Vocabulary.Genes,
            ScViModel scVi => scVi.Genes,
            _ => throw new ArgumentException($"A {model.GetType().Name} has no vectors of genes; expected a {nameof(ScFoundationModel)}, {nameof(GeneformerModel)}, {nameof(ScBertModel)}, {nameof(ScGptModel)} or {nameof(ScViModel)}.", nameof(model)),
        };
        var target = GenePlaces.Of(cells, vocabulary, aliases).Target;
        int[] known = [.. wanted.Where(column => target[column] >= 0).DistinctBy(column => target[column]).DistinctBy(column => cells.VarNames[column])];
        if (known.Length == 0)
        {
            throw new ArgumentException($"The model knows none of the {wanted.Count} wanted genes; expected some of its {vocabulary}.", nameof(wanted));
        }
        int[] places = Array.ConvertAll(known, column => target[column]);
        var vectors = model switch
        {
            ScFoundationModel scFoundation => MeanOverCells(scFoundation, cells, places, aliases, progress, cancellation),
            GeneformerModel geneformer => geneformer.GeneVectors().SelectRows(places),
            ScBertModel scBert => scBert.GeneVectors().SelectRows(places),
            ScGptModel scGpt => scGpt.GeneVectors().SelectRows(places),
            _ => ((ScViModel)model).Loadings().SelectRows(places),
        };
        return ([.. known.Select(column => cells.VarNames[column])], vectors);
    }

    private static DenseMatrix MeanOverCells(ScFoundationModel model, AnnData cells, int[] places, GeneAliases? aliases, IProgress<int>? progress, CancellationToken cancellation)
    {
        var sum = new DenseMatrix(places.Length, model.Config.DecoderWidth);
        GeneEmbedding.Stream(
            model, cells, (_, own) =>
            {
                for (var i = 0; i < sum.Values.Length; i++)
                {
                    sum.Values[i] += own.Values[i] / cells.CellCount;
                }
            }, new GeneEmbeddingOptions { Genes = [.. places.Select(place => model.Vocabulary.Names[place])] }, aliases, progress, cancellation);
        return sum;
    }
}
