namespace ScFm.Model;

/// <summary>A value that holds for a call, for its thread and whatever that starts, and not for calls beside it.</summary>
/// <typeparam name="T">Its type.</typeparam>
internal sealed class Ambient<T>
    where T : class
{
    private readonly AsyncLocal<T?> chosen = new();

    /// <summary>The value; null where none holds.</summary>
    public T? Current => chosen.Value;

    /// <summary>Makes a value hold until disposed.</summary>
    public IDisposable Use(T? value) => new Scope(chosen, value);

    private sealed class Scope : IDisposable
    {
        private readonly AsyncLocal<T?> chosen;
        private readonly T? before;

        public Scope(AsyncLocal<T?> chosen, T? value)
        {
            (this.chosen, before) = (chosen, chosen.Value);
            chosen.Value = value;
        }

        public void Dispose() => chosen.Value = before;
    }
}
