namespace ScFm.Model.Screens;

/// <summary>How two simulated perturbations act together.</summary>
public enum PlantedInteraction
{
    /// <summary>Each as alone.</summary>
    Additive,

    /// <summary>Stronger than the sum.</summary>
    Synergy,

    /// <summary>Weaker than the sum.</summary>
    Suppression,

    /// <summary>The first, in alphabetical order, masks the second.</summary>
    Epistasis,
}
