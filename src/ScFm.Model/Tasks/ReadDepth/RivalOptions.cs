using ScFm.Model.Models.Magic;
using ScFm.Model.Models.Saver;
using ScFm.Model.Models.ScImpute;
using ScFm.Model.Models.ScVi;

namespace ScFm.Model.Tasks.ReadDepth;

/// <summary>How the methods work that learn from the shallow cells alone; their seeds are the study's.</summary>
public sealed record RivalOptions
{
    /// <summary>MAGIC. Default: see there.</summary>
    public MagicOptions Magic { get; init; } = new();

    /// <summary>SAVER. Default: see there; fewer <see cref="SaverOptions.RegressedGenes"/> take less time.</summary>
    public SaverOptions Saver { get; init; } = new();

    /// <summary>scImpute. Default: see there.</summary>
    public ScImputeOptions ScImpute { get; init; } = new();

    /// <summary>scVI. Default: see there; fewer <see cref="ScViOptions.Epochs"/> take less time.</summary>
    public ScViOptions ScVi { get; init; } = new();
}
