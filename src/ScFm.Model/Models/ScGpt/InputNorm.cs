namespace ScFm.Model.Models.ScGpt;

/// <summary>What is done to the tokens before the first block, so that batches of cells become alike.</summary>
public enum InputNorm
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A batch norm over the tokens of all cells, with scale and shift.</summary>
    Common,

    /// <summary>A batch norm of its own for each batch of cells, without scale and shift.</summary>
    OfBatch,
}
