using System.Globalization;
using System.Runtime.InteropServices;
using ScFm.Model.Cells;
using ScFm.Model.Tables;

/// <summary>Simulated cells that lie nowhere: each is made when it is read, the same each time. 1,000 of 20,000 genes have small counts, half of them 1.</summary>
internal sealed class SimulatedCells : ICellSource
{
    /// <summary>Expressed genes of each cell.</summary>
    public const int Expressed = 1000;

    private const int Stride = 20; // one gene of each twenty is expressed
    private const int Donors = 10;
    private const int LargestCount = 30;

    private readonly Lazy<string[]> names;

    /// <summary>Makes the source.</summary>
    /// <param name="cells">Number of cells.</param>
    public SimulatedCells(int cells)
    {
        CellCount = cells;
        names = new(() => [.. Enumerable.Range(0, cells).Select(cell => NameOf(cell))]);
        Obs = new Table(new CategoryColumn("donor", [.. Enumerable.Range(0, cells).Select(cell => (int)((long)cell * Donors / cells))], [.. Enumerable.Range(0, Donors).Select(donor => $"donor {donor}")]));
    }

    public string Name => "simulated cells";

    public string Identity => $"{CellCount} cells simulated with {Expressed} of {VarNames.Length} genes";

    public int CellCount { get; }

    public string[] ObsNames => names.Value;

    public string[] VarNames { get; } = [.. Enumerable.Range(0, Expressed * Stride).Select(gene => $"gene-{gene}")];

    public Table Obs { get; }

    /// <summary>Which cell has a name.</summary>
    public static int CellOf(string name) => int.Parse(name.AsSpan(name.IndexOf('-') + 1), CultureInfo.InvariantCulture);

    public CsrMatrix Read(ReadOnlySpan<int> cells, CancellationToken cancellation = default)
    {
        var (offsets, genes, values) = (new long[cells.Length + 1], new int[cells.Length * Expressed], new float[cells.Length * Expressed]);
        for (var row = 0; row < cells.Length; row++)
        {
            Simulate(cells[row], genes.AsSpan(row * Expressed, Expressed), values.AsSpan(row * Expressed, Expressed));
            offsets[row + 1] = (row + 1L) * Expressed;
        }
        return new CsrMatrix(cells.Length, VarNames.Length, offsets, genes, values);
    }

    /// <summary>Writes all cells as the peers' file wants them: blocks of genes (int32), then counts (float32).</summary>
    /// <param name="block">Cells of a block.</param>
    /// <param name="output">Where to.</param>
    public void Write(int block, Stream output)
    {
        for (var first = 0; first < CellCount; first += block)
        {
            var read = Read([.. Enumerable.Range(first, Math.Min(block, CellCount - first))]);
            output.Write(MemoryMarshal.AsBytes<int>(read.Indices));
            output.Write(MemoryMarshal.AsBytes<float>(read.Values));
        }
    }

    private static string NameOf(int cell) => string.Create(CultureInfo.InvariantCulture, $"cell-{cell:0000000}");

    private static void Simulate(int cell, Span<int> genes, Span<float> values)
    {
        var state = (ulong)cell * Expressed;
        for (var i = 0; i < Expressed; i++)
        {
            var random = Mix(state++);
            genes[i] = i * Stride + (int)((random >> 40) % Stride);
            values[i] = 1 + Math.Min(System.Numerics.BitOperations.TrailingZeroCount(random), LargestCount - 1);
        }
    }

    /// <summary>SplitMix64 (Steele et al. 2014).</summary>
    private static ulong Mix(ulong x)
    {
        x = (x + 1) * 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
