using ScFm.Model.Cells;
using ScFm.Model.Metrics.Classification;

namespace ScFm.Model.Tasks.Annotation;

/// <summary>Whether a classifier notices cells of types that it never learnt: such cells should get low probabilities.</summary>
/// <param name="UnseenShare">Share of the test cells that are of a type without a training cell.</param>
/// <param name="UnassignedSeen">Share of the other cells whose greatest probability is below the threshold: those that are given up without need.</param>
/// <param name="UnassignedUnseen">The same of the unseen cells: those that are noticed; NaN where there is none.</param>
/// <param name="Auroc">How likely an unseen cell's greatest probability is below that of another cell; 0.5 is chance, NaN where there is no unseen cell.</param>
public sealed record NoveltyScore(double UnseenShare, double UnassignedSeen, double UnassignedUnseen, double Auroc)
{
    /// <summary>Scores the probabilities of the test cells.</summary>
    /// <param name="probabilities">[cells, types that were learnt].</param>
    /// <param name="isUnseen">True for a cell of another type.</param>
    /// <param name="threshold">Below it a cell counts as unassigned.</param>
    internal static NoveltyScore Of(DenseMatrix probabilities, bool[] isUnseen, double threshold)
    {
        double[] sureness = [.. Enumerable.Range(0, probabilities.Rows).Select(cell => (double)probabilities[cell, MostLikely.Of(probabilities.Row(cell))])];
        var unseen = isUnseen.Count(cell => cell);
        double Unassigned(bool of) => isUnseen.Zip(sureness).Where(cell => cell.First == of).Select(cell => cell.Second < threshold ? 1.0 : 0).DefaultIfEmpty(double.NaN).Average();
        var auroc = unseen == 0 || unseen == isUnseen.Length ? double.NaN : RocCurve.Of(isUnseen, Array.ConvertAll(sureness, sure => -sure)).Area;
        return new NoveltyScore((double)unseen / isUnseen.Length, Unassigned(false), Unassigned(true), auroc);
    }
}
