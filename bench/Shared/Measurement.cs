using System.Text.Json.Serialization;

/// <summary>What one process of a side says of a row; the peer's words.</summary>
/// <param name="Seconds">Median wall time of a run.</param>
/// <param name="PeakMemory">The most memory that the process ever held, GiB.</param>
internal sealed record Measurement(
    [property: JsonPropertyName("seconds")] double Seconds,
    [property: JsonPropertyName("peak_memory_gb")] double PeakMemory)
{
    /// <summary>Several processes of a side: their median time and their largest memory.</summary>
    public static Measurement Of(IReadOnlyList<Measurement> rounds) =>
        new(rounds.Select(r => r.Seconds).Order().ElementAt(rounds.Count / 2), rounds.Max(r => r.PeakMemory));
}
