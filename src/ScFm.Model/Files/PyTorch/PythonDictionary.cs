using System.Collections;

namespace ScFm.Model.Files.PyTorch;

/// <summary>A dict of Python, in its order.</summary>
public sealed class PythonDictionary : IReadOnlyCollection<KeyValuePair<object?, object?>>
{
    // Only texts are looked up: hashing other keys, which may be nested tuples, would trust the file.
    private readonly Dictionary<string, int> placeOf = new(StringComparer.Ordinal);
    private readonly List<KeyValuePair<object?, object?>> items = [];

    /// <inheritdoc/>
    public int Count => items.Count;

    /// <summary>The keys that are text, in order.</summary>
    public IEnumerable<string> Names => items.Select(item => item.Key).OfType<string>();

    /// <summary>The value of a text key; null where there is none or where it is None.</summary>
    public object? this[string name] => placeOf.TryGetValue(name, out var place) ? items[place].Value : null;

    /// <summary>True where there is such a key.</summary>
    public bool Has(string name) => placeOf.ContainsKey(name);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<object?, object?>> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Set(object? key, object? value)
    {
        var item = KeyValuePair.Create(key, value);
        if (key is string name && !placeOf.TryAdd(name, items.Count))
        {
            items[placeOf[name]] = item;
            return;
        }
        items.Add(item);
    }
}
