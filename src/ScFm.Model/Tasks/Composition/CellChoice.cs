using ScFm.Model.Corpora;

namespace ScFm.Model.Tasks.Composition;

/// <summary>
/// Cells named by what a column of obs says of them: by labels, in a plan's file <c>{ "column": "cell_type", "labels": ["B", "NK"] }</c>, or by a built-in
/// list of all names of a type, <c>{ "column": "cell_type", "types": "B cells" }</c>; with both, cells of either.
/// </summary>
/// <param name="Column">The column of obs, such as cell_type; "source" is the file or folder that a cell came from.</param>
/// <param name="Labels">The labels. Default: none.</param>
public sealed record CellChoice(string Column, IReadOnlyList<string>? Labels = null)
{
    /// <summary>The labels.</summary>
    public IReadOnlyList<string> Labels { get; init; } = Labels ?? [];

    /// <summary>The name of one of <see cref="HeldOutTypes.BuiltIn"/>: monocytes or B cells. Default: none.</summary>
    public string? Types { get; init; }

    /// <summary>The built-in list; null where none is named or there is none of that name.</summary>
    internal HeldOutTypes? BuiltIn => HeldOutTypes.BuiltIn.FirstOrDefault(types => types.Name == Types);

    /// <summary>True for a label that is chosen.</summary>
    internal bool Has(string label) => Labels.Contains(label) || BuiltIn?.Contains(label) == true;

    /// <summary>True where every cell of another choice is one of this.</summary>
    internal bool Covers(CellChoice other) => other.Column == Column && other.Labels.All(Has) && (other.Types is null || other.Types == Types);

    /// <summary>Such as "cell_type B, NK" or "cell_type of monocytes".</summary>
    public override string ToString() => $"{Column} {string.Join(", ", Types is null ? Labels : [.. Labels, $"of {Types}"])}";
}
