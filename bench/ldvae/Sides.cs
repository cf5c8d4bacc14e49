using System.Text.Json.Serialization;

/// <summary>One process of either side for a row, and what both compute of the same weights.</summary>
internal static class Sides
{
    private const string Peer = "ldvae_torch.py";

    public static Measurement Ours(Row row, int epochs) => Processes.Own<Measurement>("row", row.Name, $"{epochs}");

    public static Measurement Theirs(Row row, int epochs)
    {
        var answer = Processes.Python<PeerAnswer>(
            Processes.Peer(Peer), "--cells", $"{Row.Cells}", "--genes", $"{Row.Genes}", "--batch", $"{Row.BatchSize}", "--layers", $"{row.Config.Layers}",
            "--threads", $"{Processes.Threads}", "--epochs", $"{epochs}");
        return new(answer.Seconds, answer.PeakMemory);
    }

    /// <summary>Whether both sides compute the same.</summary>
    public static Agreement Compare(Row row)
    {
        var file = Path.GetTempFileName();
        try
        {
            Processes.RunPython(Processes.Script("agreement.py"), Processes.Peer(Peer), $"{row.Config.Layers}", $"{Row.BatchSize}", $"{Row.Genes}", file);
            return Processes.Own<Agreement>("agreement", row.Name, file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The peer's words.</summary>
    private sealed record PeerAnswer(
        [property: JsonPropertyName("epoch_seconds")] double Seconds,
        [property: JsonPropertyName("peak_memory_gb")] double PeakMemory);
}
