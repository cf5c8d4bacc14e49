using ScFm.Model.Models;
using ScFm.Model.Tasks.Enhancers;

namespace ScFm.Model.Tasks.ReadDepth;

/// <summary>A way of recovering expression as a study asks it.</summary>
/// <param name="Name">The name that tables and figures show.</param>
/// <param name="Settings">All that its results depend on beyond the cells, in words: a result that was kept is used again only for the same settings.</param>
/// <param name="Make">Makes the enhancer for cells that hold a share of their reads, above 0 and at most 1, and a seed.</param>
public sealed record StudyMethod(string Name, string Settings, Func<double, int, IEnhancer> Make)
{
    /// <summary>True for a method that is told the wanted depth, and so may be asked at several. Default: false.</summary>
    public bool IsToldDepth { get; init; }

    /// <summary>False for a method that gives all cells the same values, which no clustering can tell apart. Default: true.</summary>
    public bool TellsCellsApart { get; init; } = true;
}
