using ScFm.Interactive.Figures.Marks;

namespace ScFm.Interactive.Figures;

/// <summary>Ready figures: of plain numbers here, of cells and models in the other parts.</summary>
public static partial class Plots
{
    /// <summary>A scatter of points, in one colour or a colour a label.</summary>
    /// <param name="x">One horizontal coordinate a point.</param>
    /// <param name="y">One vertical coordinate a point.</param>
    /// <param name="labels">One label a point, shown by colour; null is grey. Default: none.</param>
    /// <param name="title">What stands above. Default: nothing.</param>
    /// <param name="xTitle">What the horizontal axis measures. Default: nothing.</param>
    /// <param name="yTitle">What the vertical axis measures. Default: nothing.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Figure Scatter(
        IReadOnlyList<double> x, IReadOnlyList<double> y, IReadOnlyList<string?>? labels = null, string? title = null, string? xTitle = null, string? yTitle = null)
    {
        ExpectLength(nameof(y), y.Count, x.Count);
        if (labels is not null)
        {
            ExpectLength(nameof(labels), labels.Count, x.Count);
        }
        IEnumerable<Mark> marks = labels is null
            ? [new Points(x, y) { Size = PointSize(x.Count) }]
            : LabelledPoints.Of(x, y, labels, PointSize(x.Count));
        return new Figure(new Panel(marks) { Title = title, X = new Axis { Title = xTitle }, Y = new Axis { Title = yTitle } });
    }

    /// <summary>One line a series over common horizontal coordinates.</summary>
    /// <param name="x">The horizontal coordinates.</param>
    /// <param name="series">A name and one value a coordinate for each line.</param>
    /// <param name="title">What stands above. Default: nothing.</param>
    /// <param name="xTitle">What the horizontal axis measures. Default: nothing.</param>
    /// <param name="yTitle">What the vertical axis measures. Default: nothing.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Figure Line(
        IReadOnlyList<double> x, IReadOnlyList<(string Name, IReadOnlyList<double> Values)> series, string? title = null, string? xTitle = null, string? yTitle = null)
    {
        var lines = series.Select((one, i) =>
        {
            ExpectLength(one.Name, one.Values.Count, x.Count);
            return new Line(x, one.Values) { Name = one.Name, Colour = Palette.At(i) };
        });
        return new Figure(new Panel(lines) { Title = title, X = new Axis { Title = xTitle }, Y = new Axis { Title = yTitle } });
    }

    /// <summary>Bars of one value a category; lying where the names are long.</summary>
    /// <param name="categories">The names of the bars.</param>
    /// <param name="values">One value a category.</param>
    /// <param name="title">What stands above. Default: nothing.</param>
    /// <param name="valueTitle">What the bars measure. Default: nothing.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Figure Bar(IReadOnlyList<string> categories, IReadOnlyList<double> values, string? title = null, string? valueTitle = null) =>
        Bar(categories, [("", values)], title, valueTitle);

    /// <summary>Groups of bars, one group a category and one colour a series; lying where the names are long.</summary>
    /// <param name="categories">The names of the groups.</param>
    /// <param name="series">A name and one value a category for each colour.</param>
    /// <param name="title">What stands above. Default: nothing.</param>
    /// <param name="valueTitle">What the bars measure. Default: nothing.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Figure Bar(
        IReadOnlyList<string> categories, IReadOnlyList<(string Name, IReadOnlyList<double> Values)> series, string? title = null, string? valueTitle = null)
    {
        var bars = series.Select((one, i) =>
        {
            ExpectLength(one.Name, one.Values.Count, categories.Count);
            return new Bars(one.Values) { Name = one.Name, Colour = Palette.At(i) };
        });
        var names = new Axis { Categories = categories, ShowGrid = false };
        var measure = new Axis { Title = valueTitle };
        var lying = categories.Sum(name => Drawing.TextMetrics.Width(name, Drawing.FigureLayout.TextSize) + 12) > 460;
        var panel = new Panel(bars) { Title = title, X = lying ? measure : names, Y = lying ? names with { Reversed = true } : measure };
        return new Figure(panel) { Height = lying ? Math.Max(220, 80 + categories.Count * (14 + 10 * series.Count)) : 380 };
    }

    /// <summary>A matrix shown by colour, first row on top.</summary>
    /// <param name="rows">The names of the rows.</param>
    /// <param name="columns">The names of the columns.</param>
    /// <param name="values">The values, row after row, [rows, columns].</param>
    /// <param name="title">What stands above. Default: nothing.</param>
    /// <param name="scaleTitle">What the colours measure. Default: nothing.</param>
    /// <param name="scale">The colours. Default: viridis.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Figure HeatMap(
        IReadOnlyList<string> rows, IReadOnlyList<string> columns, float[] values, string? title = null, string? scaleTitle = null, ColourScale? scale = null)
    {
        ExpectLength(nameof(values), values.Length, rows.Count * columns.Count);
        var map = new HeatMap(rows.Count, columns.Count, values) { Scale = scale ?? ColourScale.Viridis, ScaleTitle = scaleTitle };
        return new Figure(new Panel(map)
        {
            Title = title,
            X = CellNames(columns, 460),
            Y = CellNames(rows, 5_000) with { Reversed = true },
        })
        { Height = Math.Clamp(90 + rows.Count * 22, 260, 640) };
    }

    // A category axis where its names fit; a bare one where they would overlap.
    private static Axis CellNames(IReadOnlyList<string> names, double room)
    {
        var fits = names.Count <= 28 && names.Sum(name => Drawing.TextMetrics.Width(name, Drawing.FigureLayout.TextSize) + 6) <= room;
        return new Axis { Range = (0, names.Count), CellNames = fits ? names : null, ShowTicks = fits, ShowGrid = false };
    }

    /// <summary>A diameter at which so many points do not hide each other.</summary>
    internal static double PointSize(int points) => points switch { <= 300 => 7, <= 1_500 => 5.5, <= 5_000 => 4, <= 20_000 => 3, _ => 2 };

    private static void ExpectLength(string what, int found, int expected)
    {
        if (found != expected)
        {
            throw new ArgumentException($"'{what}' has {found} values; expected {expected}.");
        }
    }
}
