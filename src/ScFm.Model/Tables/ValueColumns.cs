using System.Globalization;

namespace ScFm.Model.Tables;

/// <summary>A column whose values stand in an array.</summary>
/// <typeparam name="T">The type of a value.</typeparam>
public abstract class ValueColumn<T> : Column
{
    private readonly T[] values;

    private protected ValueColumn(string name, T[] values) : base(name, values.Length) => this.values = values;

    /// <summary>All values, one a row.</summary>
    public ReadOnlySpan<T> Values => values;

    /// <inheritdoc/>
    public override object? this[int row] => values[row];

    /// <inheritdoc/>
    public override Column Select(ReadOnlySpan<int> rows)
    {
        var selected = new T[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            selected[i] = values[rows[i]];
        }
        return Create(Name, selected);
    }

    /// <inheritdoc/>
    public override Column Rename(string name) => Create(name, values);

    private protected abstract Column Create(string name, T[] values);
}

/// <summary>A column of text; null means missing.</summary>
public sealed class TextColumn(string name, string?[] values) : ValueColumn<string?>(name, values)
{
    /// <inheritdoc/>
    public override string Text(int row) => Values[row] ?? "";

    private protected override Column Create(string name, string?[] values) => new TextColumn(name, values);
}

/// <summary>A column of real numbers; NaN means missing.</summary>
public sealed class NumberColumn(string name, double[] values, string format = "G5") : ValueColumn<double>(name, values)
{
    /// <summary>The .NET format string that <see cref="Text"/> uses. Default: five significant digits.</summary>
    public string Format { get; } = format;

    /// <inheritdoc/>
    public override object? this[int row] => double.IsNaN(Values[row]) ? null : Values[row];

    /// <inheritdoc/>
    public override string Text(int row) =>
        double.IsNaN(Values[row]) ? "" : Values[row].ToString(Format, CultureInfo.InvariantCulture);

    private protected override Column Create(string name, double[] values) => new NumberColumn(name, values, Format);
}

/// <summary>A column of whole numbers.</summary>
public sealed class IntegerColumn(string name, long[] values) : ValueColumn<long>(name, values)
{
    /// <inheritdoc/>
    public override string Text(int row) => Values[row].ToString("N0", CultureInfo.InvariantCulture);

    private protected override Column Create(string name, long[] values) => new IntegerColumn(name, values);
}

/// <summary>A column of yes and no.</summary>
public sealed class BooleanColumn(string name, bool[] values) : ValueColumn<bool>(name, values)
{
    /// <inheritdoc/>
    public override string Text(int row) => Values[row] ? "true" : "false";

    private protected override Column Create(string name, bool[] values) => new BooleanColumn(name, values);
}
