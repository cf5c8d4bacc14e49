using ScFm.Model.Cells;
using ScFm.Model.Cells.Backed;
using ScFm.Model.Corpora;
using ScFm.Model.Tables;

namespace ScFm.Model.Parts;

/// <summary>What the file of a run holds: rows and source values as they are read, some cells at a time.</summary>
/// <param name="task">What was computed.</param>
/// <param name="source">Of which cells.</param>
/// <param name="chosen">Which of them, part after part.</param>
/// <param name="rows">The rows, part after part.</param>
internal sealed class PartedResult(PartedTask task, ICellSource source, IEnumerable<int[]> chosen, IEnumerable<DenseMatrix> rows)
{
    /// <summary>The cells as they are to be written.</summary>
    /// <param name="options">Where the rows stand, and under what name.</param>
    /// <param name="names">The cells' names.</param>
    /// <param name="obs">What is known of them.</param>
    /// <param name="nonZeros">How many numbers of the rows are not zero.</param>
    /// <param name="header">What the run depends on, for uns.</param>
    public StreamedCells Cells(PartsOptions options, string[] names, Table obs, long nonZeros, string header)
    {
        var uns = new Dictionary<string, object> { [PartsHeader.Key] = header };
        if (Recipe.Of(source) is { } recipe)
        {
            uns[Recipe.Key] = recipe.ToJson();
        }
        // a stored value takes its number and its place
        StreamedMatrix Expression() => 2 * nonZeros < (long)names.Length * task.Width ? new StreamedSparse(task.Width, rows.Select(CsrMatrix.FromDense)) : new StreamedDense(task.Width, rows);
        return options.Place switch
        {
            ResultPlace.Matrix => new() { ObsNames = names, VarNames = ColumnNames(), Var = Var(), Obs = obs, Uns = uns, X = Expression() },
            ResultPlace.Layer => new()
            {
                ObsNames = names,
                VarNames = ColumnNames(),
                Var = Var(),
                Obs = obs,
                Uns = uns,
                X = new StreamedSparse(task.Width, Values(GenePlaces.Of(source, task.Genes!, task.Aliases).Target)),
                Layers = new Dictionary<string, StreamedMatrix> { [options.Name!] = Expression() },
            },
            _ => new()
            {
                ObsNames = names,
                VarNames = source.VarNames,
                Var = source.Var,
                Obs = obs,
                Uns = uns,
                X = new StreamedSparse(source.GeneCount, Values(null)),
                Obsm = new Dictionary<string, StreamedDense> { [options.Name!] = new(task.Width, rows) },
            },
        };
    }

    private string[] ColumnNames() => task.Genes is { } genes ? [.. genes.Names] : [.. Enumerable.Range(0, task.Width).Select(column => FormattableString.Invariant($"{column}"))];

    private Table Var() => task.Genes is { } genes ? GenePlaces.WithIds(genes.Ids, genes.Count) : new Table(task.Width);

    /// <summary>The source's values, with their genes brought to the places that are given.</summary>
    private IEnumerable<CsrMatrix> Values(int[]? target) => chosen.Select(cells => source.Read(cells)).Select(values => target is null ? values : values.MapColumns(target, task.Width));
}
