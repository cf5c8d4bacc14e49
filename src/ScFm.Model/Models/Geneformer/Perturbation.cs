namespace ScFm.Model.Models.Geneformer;

/// <summary>What is done to a gene of a cell before the model reads it.</summary>
public enum Perturbation
{
    /// <summary>The gene is left out, in the cells that express it.</summary>
    Delete,

    /// <summary>The gene is put first, in all cells.</summary>
    Overexpress,
}
