namespace ScFm.Model.Models.ScGpt;

/// <summary>What a fine-tuning changes.</summary>
public enum FineTuned
{
    /// <summary>Everything.</summary>
    All,

    /// <summary>All but the embeddings of genes and values: what the published scripts call frozen.</summary>
    Blocks,

    /// <summary>The head that tells cell types alone.</summary>
    Head,
}
