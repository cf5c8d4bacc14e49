using ScFm.Model.Cells;
using static TorchSharp.torch;

namespace ScFm.Model.Models.DeepCdr;

/// <summary>The tables of cell lines on the device, a tensor [cell lines, width] a branch, on the model's scale.</summary>
internal sealed class CellTables : IDisposable
{
    private readonly Tensor[] tables;

    /// <summary>Brings tables to the model's scale.</summary>
    /// <param name="tables">[cell lines, width], one a branch.</param>
    /// <param name="scales">The scale of each.</param>
    /// <param name="device">Where they go.</param>
    public CellTables(IReadOnlyList<DenseMatrix> tables, IReadOnlyList<FeatureScale> scales, Device device) =>
        this.tables = [.. tables.Zip(scales, (table, scale) => tensor(scale.Apply(table).Values, [table.Rows, table.Columns], device: device).DetachFromDisposeScope())];

    /// <summary>The rows of some cell lines.</summary>
    public Tensor[] Rows(ReadOnlySpan<int> cells)
    {
        var places = new long[cells.Length];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = cells[i];
        }
        using var at = tensor(places, device: tables[0].device);
        return [.. tables.Select(table => table.index_select(0, at))];
    }

    public void Dispose()
    {
        foreach (var table in tables)
        {
            table.Dispose();
        }
    }
}
