namespace ScFm.Model.Corpora;

/// <summary>Which genes sources with different genes have together; genes are the same where their names are.</summary>
public enum GeneJoin
{
    /// <summary>The genes that all sources have.</summary>
    Inner,

    /// <summary>The genes that any source has; in the cells of a source that lacks one it is zero, and the corpus notes how many these are.</summary>
    Outer,
}
