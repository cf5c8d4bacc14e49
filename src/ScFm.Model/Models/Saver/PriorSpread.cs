namespace ScFm.Model.Models.Saver;

/// <summary>What of a gene's prior is the same in all cells while its mean changes from cell to cell.</summary>
public enum PriorSpread
{
    /// <summary>Variance over squared mean: one shape for all cells.</summary>
    ConstantCoefficientOfVariation,

    /// <summary>Variance over mean: one rate for all cells.</summary>
    ConstantFanoFactor,

    /// <summary>The variance itself.</summary>
    ConstantVariance,
}
