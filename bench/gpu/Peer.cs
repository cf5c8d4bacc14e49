using System.Text.Json.Serialization;
using ScFm.Model.Nn;

/// <summary>Plain PyTorch's side of a row, cells padded to the longest.</summary>
internal static class Peer
{
    private const string Script = "scfoundation_torch.py";

    /// <summary>Its time for as many cells as ours, or half as many until they fit; null where not even one does.</summary>
    public static Speed? Row(Setting setting, Work work, int cells)
    {
        for (; cells > 0; cells /= 2)
        {
            try
            {
                var answer = Processes.Python<Answer>(
                [
                    Processes.Peer(Script), "--preset", setting.Preset, "--what", work.ToString().ToLowerInvariant(), "--expressed", string.Join(',', Setting.Cells(cells)), "--genes", $"{setting.Genes}",
                    "--mode", "padded", "--device", setting.Device, "--threads", $"{Environment.ProcessorCount}", "--repeat", $"{Setting.Repeat}", .. setting.Precision == Precision.BFloat16 ? new[] { "--bf16" } : [],
                ]);
                return new(cells, answer.Seconds, answer.Memory);
            }
            catch (InvalidOperationException error)
            {
                Console.Error.WriteLine($"The peer does not run {cells} cells: {error.Message}");
            }
        }
        return null;
    }

    private sealed record Answer([property: JsonPropertyName("seconds")] double Seconds, [property: JsonPropertyName("peak_memory_gb")] double Memory);
}
