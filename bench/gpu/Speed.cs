/// <summary>What one side of a row came to.</summary>
/// <param name="Cells">Cells of a batch.</param>
/// <param name="Seconds">Of a run over them.</param>
/// <param name="Memory">The most that tensors took of the card, or the process of the machine, GiB.</param>
internal sealed record Speed(int Cells, double Seconds, double Memory)
{
    /// <summary>Cells a second.</summary>
    public double CellsPerSecond => Cells / Seconds;
}
