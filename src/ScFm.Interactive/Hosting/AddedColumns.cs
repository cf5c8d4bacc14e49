using ScFm.Model.Cells;
using ScFm.Model.Tables;

namespace ScFm.Interactive.Hosting;

/// <summary>Columns that a verb gave to the obs of cells, in a file beside theirs: so they come back from a rank to the cells of a notebook.</summary>
/// <param name="cells">Cells of a file.</param>
/// <param name="path">The file.</param>
internal sealed class AddedColumns(AnnData cells, string path)
{
    private readonly Table before = cells.Obs;

    /// <summary>Writes those that are new or other than before, where there are any.</summary>
    public void Save()
    {
        Column[] added = [.. cells.Obs.Columns.Where(column => before.Find(column.Name) != column)];
        if (added.Length > 0)
        {
            new Table(added).Save(FileOf(path));
        }
    }

    /// <summary>Gives cells what was saved beside their file.</summary>
    public static void Take(string path, AnnData cells)
    {
        if (File.Exists(FileOf(path)))
        {
            cells.Obs = TableFile.Read(FileOf(path)).Columns.Aggregate(cells.Obs, (obs, column) => obs.With(column));
        }
    }

    private static string FileOf(string path) => path + ".added.tsv";
}
