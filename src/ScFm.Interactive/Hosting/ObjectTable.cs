using System.Collections;
using System.Globalization;
using System.Reflection;
using ScFm.Model.Tables;

namespace ScFm.Interactive.Hosting;

/// <summary>Shows sequences of records, dictionaries and single objects with properties as tables.</summary>
internal static class ObjectTable
{
    private const int MostRows = 1_000;

    /// <summary>The table, or null for what reads better as text.</summary>
    public static TableView? Of(object value) => value switch
    {
        string or Exception or Delegate or Type or Task or IFormattable or bool => null,
        IDictionary dictionary => OfPairs(dictionary),
        IEnumerable items => OfItems(items),
        _ when PlainText.HasOwnText(value.GetType()) && !IsRecord(value.GetType()) => null,
        _ => OfProperties(value),
    };

    private static TableView? OfPairs(IDictionary dictionary)
    {
        object[] keys = [.. dictionary.Keys.Cast<object>().Take(MostRows)];
        return keys.Length == 0 ? null : new TableView(new Table(Column("key", keys), Column("value", [.. keys.Select(key => dictionary[key])])));
    }

    private static TableView? OfItems(IEnumerable items)
    {
        var rows = items.Cast<object?>().Take(MostRows).ToList();
        var types = rows.Select(row => row?.GetType()).Distinct().ToList();
        if (types is not [{ } type] || IsPlain(type) || Properties(type) is not { Count: > 0 } properties)
        {
            return null;
        }
        return new TableView(new Table(properties.Select(property => Column(property.Name, [.. rows.Select(row => Read(property, row!))]))))
        {
            Caption = rows.Count == MostRows ? $"The first {MostRows:N0} items" : null,
        };
    }

    private static TableView? OfProperties(object value) => Properties(value.GetType()) is { Count: > 0 } properties
        ? new TableView(new Table(
            new TextColumn("property", [.. properties.Select(property => property.Name)]),
            new TextColumn("value", [.. properties.Select(property => Short(Read(property, value)))])))
        { Caption = value.GetType().Name.StartsWith('<') ? null : value.GetType().Name }
        : null;

    private static List<PropertyInfo> Properties(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanRead && property.GetIndexParameters().Length == 0)];

    private static object? Read(PropertyInfo property, object owner)
    {
        try
        {
            return property.GetValue(owner);
        }
        catch (TargetInvocationException error)
        {
            return error.InnerException; // a property that throws is shown with its error; the others still show
        }
    }

    private static Column Column(string name, object?[] values) => values switch
    {
        _ when values.All(value => value is sbyte or byte or short or ushort or int or uint or long) =>
            new IntegerColumn(name, [.. values.Select(value => Convert.ToInt64(value, CultureInfo.InvariantCulture))]),
        _ when values.All(value => value is null or float or double or decimal) =>
            new NumberColumn(name, [.. values.Select(value => value is null ? double.NaN : Convert.ToDouble(value, CultureInfo.InvariantCulture))]),
        _ when values.All(value => value is bool) => new BooleanColumn(name, [.. values.Select(value => (bool)value!)]),
        _ => new TextColumn(name, [.. values.Select(value => value is null ? null : Short(value))]),
    };

    private static string Short(object? value) => value switch
    {
        null => "null",
        ICollection { Count: > 20 } many => FormattableString.Invariant($"{many.Count:N0} items"),
        IEnumerable and not string => value is ICollection items ? $"[{string.Join(", ", items.Cast<object?>().Select(PlainOrName))}]" : value.GetType().Name,
        _ => PlainOrName(value),
    };

    private static string PlainOrName(object? value) =>
        value is null || IsPlain(value.GetType()) || PlainText.HasOwnText(value.GetType()) ? Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null" : value.GetType().Name;

    private static bool IsPlain(Type type) => type.IsPrimitive || type.IsEnum || type == typeof(string) || typeof(IFormattable).IsAssignableFrom(type);

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null || type.Name.StartsWith("<>f__AnonymousType", StringComparison.Ordinal);
}
