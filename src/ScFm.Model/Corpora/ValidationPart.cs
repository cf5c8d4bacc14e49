using ScFm.Model.Training;

namespace ScFm.Model.Corpora;

/// <summary>Cells that an annotator takes from its labelled ones, to stop early on or to choose a setting by.</summary>
public static class ValidationPart
{
    /// <summary>The usual share.</summary>
    public const double UsualShare = 0.1;

    private const long Purpose = 0x5641; // a stream of its own, so that a split of the same seed draws other cells

    /// <summary>Tells labelled cells apart into those to learn from and those to validate on, each type by its share.</summary>
    /// <param name="cells">The labelled cells.</param>
    /// <param name="share">The share to validate on, 0 to below 1. Default: 0.1.</param>
    /// <param name="seed">Fixes the draw. Default: 0.</param>
    /// <returns>At least one cell of each type that has any stays in training. There is a cell to validate on where the share is above 0 and a type has two cells.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share is outside its range.</exception>
    public static (LabelledCells Training, LabelledCells Validation) Of(LabelledCells cells, double share = UsualShare, int seed = 0)
    {
        if (!(share is >= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), FormattableString.Invariant($"The share to validate on is {share}; expected 0 to below 1."));
        }
        var validation = StratifiedDraw.Away(cells.Labels, share, Seeds.For(seed, Purpose));
        var training = Enumerable.Range(0, cells.Labels.Length).Except(validation).ToArray();
        return (cells.Choose(training, "to learn from"), cells.Choose(validation, "to validate on"));
    }
}
