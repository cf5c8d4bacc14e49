using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;

namespace ScFm.Interactive.Hosting;

/// <summary>Objects as plain text: numbers in the invariant culture, sequences in brackets, exceptions with their causes.</summary>
internal static class PlainText
{
    private const int MostItems = 20;
    private static readonly ConcurrentDictionary<Type, Func<object, string>> writers = new();

    /// <summary>Tells how to write a type.</summary>
    public static void Register(Type type, Func<object, string> write) => writers[type] = write;

    /// <summary>The object as text for people.</summary>
    public static string Of(object? value) => value switch
    {
        null => "null",
        string text => text,
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        Exception exception => OfException(exception),
        _ when Writer(value.GetType()) is { } write => write(value),
        _ when HasOwnText(value.GetType()) => value.ToString() ?? "",
        _ when ObjectTable.Of(value) is { } table => table.ToString(),
        IEnumerable items => OfItems(items),
        _ => value.ToString() ?? "",
    };

    /// <summary>True where a type says more than its name in <c>ToString()</c>.</summary>
    public static bool HasOwnText(Type type) =>
        type.GetMethod(nameof(ToString), BindingFlags.Public | BindingFlags.Instance, Type.EmptyTypes)!.DeclaringType is { } declaring
        && declaring != typeof(object) && declaring != typeof(ValueType) && !declaring.FullName!.StartsWith("System.Collections.", StringComparison.Ordinal);

    private static Func<object, string>? Writer(Type? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (writers.TryGetValue(type, out var write))
            {
                return write;
            }
        }
        return null;
    }

    private static string OfItems(IEnumerable items)
    {
        var texts = new List<string>();
        foreach (var item in items)
        {
            if (texts.Count == MostItems)
            {
                texts.Add(items is ICollection { Count: var count } ? FormattableString.Invariant($"… {count - MostItems:N0} more") : "…");
                break;
            }
            texts.Add(item is string text ? $"\"{text}\"" : Of(item));
        }
        return $"[{string.Join(", ", texts)}]";
    }

    private static string OfException(Exception exception)
    {
        var lines = new List<string>();
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            lines.Add($"{(lines.Count > 0 ? "caused by " : "")}{cause.GetType().Name}: {cause.Message}");
        }
        return string.Join('\n', lines);
    }
}
