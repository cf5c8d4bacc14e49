using ScFm.Model.Models.ScFoundation;

namespace ScFm.Model.Tasks;

/// <summary>One model of a scaling law.</summary>
/// <param name="Name">Its name, also that of its files.</param>
/// <param name="Sizes">Its sizes; the number of genes is that of the vocabulary.</param>
public sealed record ScalingLawModel(string Name, ScFoundationConfig Sizes)
{
    /// <summary>A preset.</summary>
    /// <param name="name">One of <see cref="Presets.Names"/>.</param>
    public static ScalingLawModel Preset(string name) => new(name, Presets.Find(name, 1));
}
