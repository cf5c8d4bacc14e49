namespace ScFm.Model.Models.ScBert;

/// <summary>What tells an scBERT's genes apart.</summary>
public enum GeneVectorKind
{
    /// <summary>A vector a gene that begins random and is trained with the model.</summary>
    Learnt,

    /// <summary>Vectors that are given and stay as they are, such as gene2vec (Du et al. 2019), as published.</summary>
    Given,

    /// <summary>Nothing: all genes of a bin look alike to the model, and only the classifying head knows which is which. The ablation "no gene2vec" of Boiarsky et al. 2023.</summary>
    None,
}
