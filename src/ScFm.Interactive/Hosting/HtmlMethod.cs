using System.Collections.Concurrent;
using System.Reflection;

namespace ScFm.Interactive.Hosting;

/// <summary>The convention that an object with a public parameterless <c>string ToHtml()</c> shows itself by it.</summary>
internal static class HtmlMethod
{
    private static readonly ConcurrentDictionary<Type, MethodInfo?> methods = new();

    /// <summary>The object's own HTML, or null where it has none.</summary>
    public static string? Call(object value)
    {
        var method = methods.GetOrAdd(value.GetType(), type =>
            type.GetMethod("ToHtml", BindingFlags.Public | BindingFlags.Instance, Type.EmptyTypes) is { } found && found.ReturnType == typeof(string) ? found : null);
        return (string?)method?.Invoke(value, BindingFlags.DoNotWrapExceptions, null, null, null);
    }
}
