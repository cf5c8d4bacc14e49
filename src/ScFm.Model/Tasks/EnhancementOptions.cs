using System.ComponentModel.DataAnnotations;
using ScFm.Model.Models.ScFoundation;

namespace ScFm.Model.Tasks;

/// <summary>How read depth is enhanced.</summary>
public sealed record EnhancementOptions
{
    /// <summary>The depth that is wanted; a cell that is deeper keeps its own. Default: five times the cell's own, f5.</summary>
    public Depth Depth { get; init; } = Depth.Fold(5);

    /// <summary>
    /// Into how many parts a cell's expressed genes are split; each part is predicted while it is masked, which is what the model was trained to do.
    /// An unexpressed gene is asked both as a zero and as masked, and the answers are weighted by the probability that a gene expressed at the wanted
    /// depth would have been seen at the cell's own: a zero at a tenth of the depth says little. 1 masks nothing and takes the decoder's output as it is, as the reference does. Default: 4.
    /// </summary>
    [Range(1, 100)] public int Folds { get; init; } = 4;

    /// <summary>Seed of the split into parts. Default: 0.</summary>
    public int Seed { get; init; }

    /// <summary>What the cells are. With <see cref="Compat.Reference"/> nothing is masked, whatever <see cref="Folds"/> is, and negative predictions stay. Default: single cells with raw counts.</summary>
    public InputOptions Input { get; init; } = new();
}
