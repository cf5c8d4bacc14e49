namespace ScFm.Model.Models.Magic;

/// <summary>The scale on which MAGIC averages cells.</summary>
public enum MagicTransform
{
    /// <summary>Square roots of counts per 10,000, which have about the same technical variance at every mean.</summary>
    SquareRoot,

    /// <summary>log1p of counts per 10,000.</summary>
    Logarithm,
}
