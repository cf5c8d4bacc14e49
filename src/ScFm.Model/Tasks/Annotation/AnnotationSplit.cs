using System.ComponentModel.DataAnnotations;

namespace ScFm.Model.Tasks.Annotation;

/// <summary>Which cells annotators learn from and which they are tested on; the same seed gives the same split.</summary>
/// <remarks>
/// Without a column cells are drawn at random, each type by its share; the last cell of a type always stays in training. Cells without a label are never
/// tested; those that are not set aside with the test cells may be pretrained on.
/// </remarks>
public sealed record AnnotationSplit
{
    /// <summary>The share of each type, or of the groups, that is tested on. Default: 0.2.</summary>
    [Range(0.01, 0.95)] public double TestShare { get; init; } = 0.2;

    /// <summary>A column of obs whose groups, such as donors or batches, are tested on whole: what an annotator meets in practice. Default: none, cells are drawn.</summary>
    public string? Groups { get; init; }

    /// <summary>Which groups are tested on. Default: <see cref="TestShare"/> of them, drawn at random, at least one.</summary>
    public IReadOnlyList<string>? TestGroups { get; init; }

    /// <summary>
    /// A column of obs that says it of each cell: train or training, test or held-out; validation, valid or val cells are learnt from too, since annotators take what
    /// they validate on from their own cells. Default: none.
    /// </summary>
    public string? Column { get; init; }

    /// <summary>Seed of the draw. Default: 0.</summary>
    public int Seed { get; init; }

    /// <summary>True to draw another split for each seed of the study, so that intervals are over cells, too; false tests on the same cells, as published. Default: false.</summary>
    public bool Anew { get; init; }

    /// <summary>Such as "random, 20% of each type for testing, seed 0".</summary>
    public override string ToString()
    {
        var drawn = FormattableString.Invariant($"seed {Seed}{(Anew ? " and another for each seed of the study" : "")}");
        return Column is not null ? $"by the column {Column}"
            : Groups is null ? FormattableString.Invariant($"random, {TestShare * 100:0.#}% of each type for testing, {drawn}")
            : TestGroups is { } named ? $"whole groups by {Groups}, {string.Join(", ", named)} for testing"
            : FormattableString.Invariant($"whole groups by {Groups}, {TestShare * 100:0.#}% of them for testing, {drawn}");
    }
}
