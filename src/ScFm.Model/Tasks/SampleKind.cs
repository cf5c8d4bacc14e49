namespace ScFm.Model.Tasks;

/// <summary>What a row of the matrix is.</summary>
public enum SampleKind
{
    /// <summary>One cell. Default.</summary>
    SingleCell,

    /// <summary>Many cells sequenced together: a tissue or a cell line.</summary>
    Bulk,
}
