namespace ScFm.Model.Screens;

/// <summary>What becomes of cells in which something was perturbed that is no gene of the screen.</summary>
public enum UnmeasuredTargets
{
    /// <summary>An error names it and genes that are spelt alike, since most often the name is wrong. The default.</summary>
    Refuse,

    /// <summary>It is a perturbation as any other: a drug, a stimulus, or a gene that was not measured. What is known of a gene by its expression is then not known of it.</summary>
    Keep,

    /// <summary>Its cells are left out.</summary>
    LeaveOut,
}
