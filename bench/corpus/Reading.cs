/// <summary>What one process read, and what it took.</summary>
/// <param name="Cells">Cells.</param>
/// <param name="Seconds">Wall time.</param>
/// <param name="CpuSeconds">Time of its threads on processors, all together.</param>
/// <param name="PeakMemory">The largest resident set, GiB.</param>
/// <param name="Sum">Sum of the products of value and gene of all cells: tells whether two sides read the same.</param>
internal sealed record Reading(long Cells, double Seconds, double CpuSeconds, double PeakMemory, double Sum)
{
    public double CellsPerSecond => Cells / Seconds;

    public double CellsPerCpuSecond => Cells / CpuSeconds;

    public double PeakMebibytes => PeakMemory * 1024;
}
