/// <summary>One process of either side for a row, and what both compute of the same cell.</summary>
internal static class Sides
{
    private const string Peer = "scfoundation_torch.py";

    public static Measurement Ours(Row row, int repeat) => Processes.Own<Measurement>("row", row.Name, $"{repeat}");

    public static Measurement Theirs(Row row, int repeat) => Processes.Python<Measurement>(
    [
        Processes.Peer(Peer), "--preset", row.Preset, "--what", row.Work.ToString().ToLowerInvariant(), "--expressed", string.Join(',', row.Expressed), "--genes", $"{Row.Genes}",
        "--mode", row.PeerPads ? "padded" : "single", "--threads", $"{Processes.Threads}", "--repeat", $"{repeat}", .. row.IsBf16 ? new[] { "--bf16" } : [],
    ]);

    /// <summary>Whether both sides compute the same.</summary>
    public static Agreement Compare()
    {
        var file = Path.GetTempFileName();
        try
        {
            Processes.RunPython(Processes.Script("agreement.py"), Processes.Peer(Peer), Agreement.Preset, $"{Row.Genes}", file);
            return Processes.Own<Agreement>("agreement", file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
