namespace ScFm.Model.Cells;

/// <summary>How a gene of the data found its place in the vocabulary, or why it did not.</summary>
public enum GeneMatch
{
    /// <summary>Its name stands in the vocabulary.</summary>
    Direct,

    /// <summary>Its Ensembl id stands in the vocabulary, the version stripped where it has one.</summary>
    EnsemblId,

    /// <summary>Its name is an old one, or its id another name, of a gene of the vocabulary.</summary>
    Alias,

    /// <summary>Its name is also an old one of a gene that the data have under its own name: left out, since the two are counted apart.</summary>
    AliasOfPresent,

    /// <summary>Neither its name nor an alias stands in the vocabulary: left out.</summary>
    Unknown,
}
