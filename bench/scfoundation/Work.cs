/// <summary>What is timed.</summary>
internal enum Work
{
    /// <summary>From the expressed genes to the pooled states of the encoder.</summary>
    Embed,

    /// <summary>The predicted expression of all genes.</summary>
    Expression,

    /// <summary>One optimizer step on masked genes: forward, backward, clipping, AdamW.</summary>
    Train,
}
