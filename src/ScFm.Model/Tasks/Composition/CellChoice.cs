namespace ScFm.Model.Tasks.Composition;

/// <summary>Cells named by what a column of obs says of them.</summary>
/// <param name="Column">The column of obs, such as cell_type; "source" is the file or folder that a cell came from.</param>
/// <param name="Labels">The labels, at least one.</param>
public sealed record CellChoice(string Column, IReadOnlyList<string> Labels)
{
    /// <summary>Such as "cell_type B, NK".</summary>
    public override string ToString() => $"{Column} {string.Join(", ", Labels)}";
}
