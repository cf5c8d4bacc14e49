namespace ScFm.Model.Corpora.Store;

/// <summary>The types that columns of obs have in a store.</summary>
internal enum ColumnKind
{
    /// <summary>A code a cell, of as few bytes as the labels need, and the labels.</summary>
    Categories,

    /// <summary>int64.</summary>
    Integers,

    /// <summary>float64, NaN where missing.</summary>
    Numbers,

    /// <summary>A byte a cell.</summary>
    Booleans,

    /// <summary>UTF-8, or missing.</summary>
    Texts,
}
