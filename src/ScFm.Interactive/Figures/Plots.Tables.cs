using ScFm.Model.Cells;
using ScFm.Model.Tables;

namespace ScFm.Interactive.Figures;

public static partial class Plots
{
    /// <summary>A scatter of two columns of numbers, in one colour or a colour a label of a third.</summary>
    /// <param name="table">The table.</param>
    /// <param name="x">The column of horizontal coordinates.</param>
    /// <param name="y">The column of vertical coordinates.</param>
    /// <param name="colour">The column of labels. Default: none.</param>
    /// <param name="title">What stands above. Default: nothing.</param>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="ArgumentException">A column of coordinates holds no numbers.</exception>
    public static Figure Scatter(Table table, string x, string y, string? colour = null, string? title = null) =>
        Scatter(Numbers(table, x), Numbers(table, y), colour is null ? null : Texts(table, colour), title, x, y);

    /// <summary>One line for each of some columns of numbers.</summary>
    /// <param name="table">The table.</param>
    /// <param name="x">The column of horizontal coordinates.</param>
    /// <param name="values">The columns to draw.</param>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="ArgumentException">A column holds no numbers.</exception>
    public static Figure Line(Table table, string x, params IReadOnlyList<string> values) =>
        Line(Numbers(table, x), [.. values.Select(name => (name, Numbers(table, name)))], xTitle: x, yTitle: values is [var only] ? only : null);

    /// <summary>Bars of some columns of numbers, a group a row.</summary>
    /// <param name="table">The table.</param>
    /// <param name="category">The column that names the groups.</param>
    /// <param name="values">The columns to draw.</param>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="ArgumentException">A column of values holds no numbers.</exception>
    public static Figure Bar(Table table, string category, params IReadOnlyList<string> values) =>
        Bar([.. Texts(table, category).Select(text => text ?? "(missing)")], [.. values.Select(name => (name, Numbers(table, name)))], valueTitle: values is [var only] ? only : null);

    /// <summary>A matrix shown by colour, first row on top.</summary>
    /// <param name="matrix">The matrix, [rows, columns].</param>
    /// <param name="rows">The names of the rows.</param>
    /// <param name="columns">The names of the columns.</param>
    /// <param name="title">What stands above. Default: nothing.</param>
    /// <param name="scaleTitle">What the colours measure. Default: nothing.</param>
    /// <param name="scale">The colours. Default: viridis.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Figure HeatMap(
        DenseMatrix matrix, IReadOnlyList<string> rows, IReadOnlyList<string> columns, string? title = null, string? scaleTitle = null, ColourScale? scale = null)
    {
        ExpectLength(nameof(rows), rows.Count, matrix.Rows);
        ExpectLength(nameof(columns), columns.Count, matrix.Columns);
        return HeatMap(rows, columns, matrix.Values, title, scaleTitle, scale);
    }

    private static IReadOnlyList<double> Numbers(Table table, string name) => table[name] switch
    {
        NumberColumn numbers => numbers.Values.ToArray(),
        IntegerColumn integers => [.. integers.Values.ToArray().Select(value => (double)value)],
        var other => throw new ArgumentException($"Column '{name}' is a {other.GetType().Name}; expected numbers."),
    };

    private static IReadOnlyList<string?> Texts(Table table, string name) =>
        [.. Enumerable.Range(0, table.RowCount).Select(row => table[name].Text(row) is { Length: > 0 } text ? text : null)];
}
