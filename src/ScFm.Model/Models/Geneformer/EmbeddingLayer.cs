namespace ScFm.Model.Models.Geneformer;

/// <summary>Whose output a cell's vector is the mean of.</summary>
public enum EmbeddingLayer
{
    /// <summary>The second to last block, which is more general than the last, that predicts tokens; of one block, the embeddings.</summary>
    SecondToLast,

    /// <summary>The last block.</summary>
    Last,
}
