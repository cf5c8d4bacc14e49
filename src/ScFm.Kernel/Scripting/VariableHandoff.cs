using System.Collections.Concurrent;
using System.ComponentModel;

namespace ScFm.Kernel.Scripting;

/// <summary>Carries a value from the kernel into the script line that declares its variable.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class VariableHandoff
{
    private static readonly ConcurrentDictionary<string, object?> Values = new();

    /// <summary>Takes a value that was given under a key; each can be taken once.</summary>
    public static object? Take(string key) => Values.TryRemove(key, out var value) ? value : throw new KeyNotFoundException($"No value waits under '{key}'.");

    internal static string Give(object? value)
    {
        var key = Guid.NewGuid().ToString("N");
        Values[key] = value;
        return key;
    }
}
