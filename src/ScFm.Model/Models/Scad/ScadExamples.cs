using ScFm.Model.Cells;

namespace ScFm.Model.Models.Scad;

/// <summary>What a SCAD learns from: source samples whose response is known, and cells of the target whose response is not.</summary>
/// <param name="Source">[samples, features].</param>
/// <param name="Labels">True for each sample that belongs to the class that is asked about, such as those sensitive to a drug.</param>
/// <param name="Target">[cells, features].</param>
public sealed record ScadExamples(DenseMatrix Source, bool[] Labels, DenseMatrix Target)
{
    /// <summary>The names of the features, in their order, so that new cells can be matched. Default: none are known.</summary>
    public IReadOnlyList<string>? Features { get; init; }

    /// <summary>What the class that is asked about is called. Default: sensitive.</summary>
    public string Class { get; init; } = "sensitive";

    /// <summary>Returns quietly where a SCAD can learn from these.</summary>
    /// <exception cref="ArgumentException">Numbers differ, a value is not finite, all samples are of one class, or there are too few of the target.</exception>
    internal void Require()
    {
        if (Source.Rows != Labels.Length || Source.Columns != Target.Columns || Source.Columns == 0 || (Features is not null && Features.Count != Source.Columns))
        {
            throw new ArgumentException(
                $"The source has {Source.Rows} samples of {Source.Columns} features with {Labels.Length} labels, the target cells of {Target.Columns} features, and {Features?.Count ?? Source.Columns} features have a name; expected a label a sample, and the same features throughout, at least one.");
        }
        if (Labels.Distinct().Count() < 2)
        {
            throw new ArgumentException($"{Labels.Count(label => label)} of the {Labels.Length} source samples are {Class}; expected some that are and some that are not.");
        }
        if (Target.Rows < ScadTask.FewestRows)
        {
            throw new ArgumentException($"The target has {Target.Rows} cells to adapt to; expected at least {ScadTask.FewestRows}.");
        }
        RequireFinite(Source, "source");
        RequireFinite(Target, "target");
    }

    /// <summary>Names the first value that is no number.</summary>
    /// <param name="values">[rows, features].</param>
    /// <param name="what">What they are of.</param>
    /// <exception cref="ArgumentException">There is such a value.</exception>
    internal static void RequireFinite(DenseMatrix values, string what)
    {
        if (values.FirstNotFinite() is var (row, feature))
        {
            throw new ArgumentException($"Feature {feature} of row {row} of the {what} is {values[row, feature]}; expected a finite number.");
        }
    }
}
