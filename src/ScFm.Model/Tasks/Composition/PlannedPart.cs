using System.Text.Json.Serialization;

namespace ScFm.Model.Tasks.Composition;

/// <summary>What a training takes from one set; in a plan's file <c>["blood", 1000]</c>, or <c>["blood"]</c> for all.</summary>
/// <param name="Set">The set's name.</param>
/// <param name="Cells">How many cells, 1 or more; null takes all that are not set aside.</param>
[JsonConverter(typeof(PlannedPartConverter))]
public sealed record PlannedPart(string Set, int? Cells = null)
{
    /// <summary>Such as "1,000 of blood".</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(Cells is { } cells ? $"{cells:N0}" : "all")} of {Set}");
}
