namespace ScFm.Model.Tasks.Annotation.Heads;

/// <summary>What of the encoder is trained with a head.</summary>
public enum HeadTuning
{
    /// <summary>Nothing: the cells' vectors are computed once and kept.</summary>
    Frozen,

    /// <summary>The last of the blocks that a cell passes through; embeddings and the norm behind the blocks stay as they are.</summary>
    LastBlocks,

    /// <summary>Low-rank adapters on the attention of all these blocks.</summary>
    Lora,
}
