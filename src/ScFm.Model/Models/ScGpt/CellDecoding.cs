namespace ScFm.Model.Models.ScGpt;

/// <summary>How a gene's value is predicted from the cell's vector and the gene's embedding alone (MVC).</summary>
public enum CellDecoding
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>The inner product of the cell's vector and a query made of the gene.</summary>
    InnerProduct,

    /// <summary>
    /// Two layers over the cell's vector and a query of 64 beside each other. The published code names it but cannot run it; here it also takes the vector of the batch, which would not have fitted there.
    /// </summary>
    ConcatQuery,
}
