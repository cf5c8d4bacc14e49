namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>Which foundation model carries a head.</summary>
public enum EncoderKind
{
    /// <summary>scFoundation.</summary>
    ScFoundation,

    /// <summary>Geneformer.</summary>
    Geneformer,
}
