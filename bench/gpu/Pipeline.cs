/// <summary>What a whole training came to, reading and thinning of cells included.</summary>
/// <param name="Cells">Cells of a batch, found by trying.</param>
/// <param name="CellsPerSecond">Training cells a second.</param>
/// <param name="Share">Operations really computed, as a share of the device's peak.</param>
/// <param name="Waiting">Share of the time that it waited for cells.</param>
internal sealed record Pipeline(int Cells, double CellsPerSecond, double Share, double Waiting);
