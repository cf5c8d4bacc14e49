using System.Globalization;
using ScFm.Model.Tables;

namespace ScFm.Model.Cells;

/// <summary>What quality control removed, and by which criterion.</summary>
public sealed class QualityReport
{
    private readonly (string Criterion, int Removed)[] removed;

    internal QualityReport(int before, int after, (string, int)[] removed) => (Before, After, this.removed) = (before, after, removed);

    /// <summary>Number of cells before.</summary>
    public int Before { get; }

    /// <summary>Number of cells kept.</summary>
    public int After { get; }

    /// <summary>Each criterion that was applied with the number of cells that fail it; one cell may fail several.</summary>
    public IReadOnlyList<(string Criterion, int Removed)> Removed => removed;

    /// <summary>The criteria as a table.</summary>
    public Table ToTable() => new(
        new TextColumn("criterion", [.. removed.Select(row => row.Criterion), "kept"]),
        new IntegerColumn("cells", [.. removed.Select(row => (long)row.Removed), After]));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{After:N0} of {Before:N0} cells kept; {string.Join(", ", removed.Select(row => $"{row.Removed:N0} fail '{row.Criterion}'"))}.");
}
