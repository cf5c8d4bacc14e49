using ScFm.Interactive.Figures.Drawing;
using ScFm.Interactive.Figures.Marks;
using ScFm.Model.Cells;
using ScFm.Model.Tables;

namespace ScFm.Interactive.Figures;

public static partial class Plots
{
    private const int MostNames = 40;

    /// <summary>A map of the cells, such as a UMAP, coloured by what is known of them.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="colour">A column of obs (labels give a colour each and are named on the map, numbers a colour scale) or the name of a gene.</param>
    /// <param name="basis">The name in obsm of the coordinates, [cells, 2 or more]. Default: X_umap.</param>
    /// <param name="title">What stands above. Default: <paramref name="colour"/>.</param>
    /// <remarks>A gene whose values in X are whole numbers is shown as log1p of counts per 10,000; other values are shown as they are. High values lie on top.</remarks>
    /// <exception cref="ArgumentException">The basis, the column or the gene does not exist; the message lists what does.</exception>
    public static Figure Embedding(AnnData cells, string colour, string basis = "X_umap", string? title = null)
    {
        if (!cells.Obsm.TryGetValue(basis, out var map) || map.Columns < 2)
        {
            throw new ArgumentException($"The cells have no coordinates '{basis}' of two columns; obsm has {Listing(cells.Obsm.Keys)}.", nameof(basis));
        }
        double[] x = [.. Enumerable.Range(0, map.Rows).Select(i => (double)map[i, 0])];
        double[] y = [.. Enumerable.Range(0, map.Rows).Select(i => (double)map[i, 1])];
        var size = PointSize(x.Length);
        var column = cells.Obs.Find(colour);
        IEnumerable<Mark> marks = column switch
        {
            NumberColumn numbers => [Valued(numbers.Values.ToArray(), null)],
            IntegerColumn integers => [Valued([.. integers.Values.ToArray().Select(value => (double)value)], null)],
            not null => LabelledPoints.Of(x, y, [.. Enumerable.Range(0, column.Length).Select(row => column.Text(row) is { Length: > 0 } text ? text : null)], size),
            null => GeneValues.Of(cells, colour) is var (values, unit) ? [Valued(values, unit)] : throw Unknown(cells, colour),
        };
        var name = basis.StartsWith("X_", StringComparison.Ordinal) ? basis[2..] : basis;
        name = name.Length <= 4 ? name.ToUpperInvariant() : name;
        return WithNames(new Figure(new Panel(marks)
        {
            Title = title ?? colour,
            X = new Axis { Title = $"{name} 1", ShowTicks = false, ShowGrid = false },
            Y = new Axis { Title = $"{name} 2", ShowTicks = false, ShowGrid = false },
        })
        { Width = 640, Height = 460 });

        Points Valued(double[] values, string? unit) => new(x, y) { Values = values, Size = size, ScaleTitle = unit };
    }

    private static Figure WithNames(Figure figure)
    {
        var panel = figure.Panels[0];
        var named = panel.Marks.OfType<Points>().Where(mark => mark.Name is not null && mark.Colour != Palette.Missing).OrderBy(mark => mark.LegendRank).ToList();
        return named.Count is < 2 or > MostNames
            ? figure
            : figure with { Panels = [panel with { Marks = [.. panel.Marks, LabelPlacement.Name(FigureLayout.Arrange(figure)[0], named)] }] };
    }

    private static ArgumentException Unknown(AnnData cells, string colour)
    {
        var near = cells.VarNames.Where(gene => gene.StartsWith(colour, StringComparison.OrdinalIgnoreCase)).Take(3).ToList();
        var hint = near.Count > 0 ? $" (near: {string.Join(", ", near)})" : "";
        return new ArgumentException(
            $"'{colour}' is neither a column of obs nor one of the {cells.GeneCount:N0} genes{hint}; obs has {Listing(cells.Obs.Columns.Select(column => column.Name))}.", nameof(colour));
    }

    private static string Listing(IEnumerable<string> names) => string.Join(", ", names.DefaultIfEmpty("nothing"));
}
