namespace ScFm.Model.Models.Gears;

/// <summary>What a GEARS calls its rows and columns.</summary>
/// <param name="Genes">The genes that are predicted.</param>
/// <param name="Perturbations">All that has a vector as a perturbation.</param>
/// <param name="Notes">What should be known of the model, one sentence each.</param>
internal sealed record GearsNames(string[] Genes, string[] Perturbations, string[] Notes);
