using ScFm.Model.Cells;

namespace ScFm.Model.Tasks.Composition;

/// <summary>A trained model with a latent space that can be looked into.</summary>
public interface ILatentModel
{
    /// <summary>Each cell's place, [cells, dimensions].</summary>
    DenseMatrix Latent(AnnData cells, CancellationToken cancellation);

    /// <summary>Each gene's expression in each cell, in counts per 10,000, [cells, genes of the study].</summary>
    DenseMatrix Expression(AnnData cells, CancellationToken cancellation);

    /// <summary>How each dimension moves each gene, [genes of the study, dimensions]; null where the decoder is not linear.</summary>
    DenseMatrix? Loadings { get; }
}
