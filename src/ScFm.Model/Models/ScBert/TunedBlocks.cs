namespace ScFm.Model.Models.ScBert;

/// <summary>What fine-tuning trains beside the head and the final norm.</summary>
public enum TunedBlocks
{
    /// <summary>The second to last block, as the published code does, though the paper speaks of the last; of one block, that one.</summary>
    SecondToLast,

    /// <summary>The last block.</summary>
    Last,

    /// <summary>Everything but gene vectors that were given; for a model that was not pretrained.</summary>
    All,
}
