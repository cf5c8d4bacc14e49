namespace TorchSharp;

/// <summary>Disposes, at its end, every tensor that its thread made since it began, except those moved out.</summary>
public sealed class DisposeScope : IDisposable
{
    [ThreadStatic] private static DisposeScope? current;

    private readonly HashSet<IDisposable> others = new(ReferenceEqualityComparer.Instance);
    private torch.Tensor[] tensors = new torch.Tensor[16];
    private int count;
    private bool disposed;

    internal DisposeScope()
    {
        OuterScope = current;
        current = this;
    }

    internal static DisposeScope? Current => current;

    internal DisposeScope? OuterScope { get; private set; }

    /// <summary>What the scope would dispose now.</summary>
    public IReadOnlyList<IDisposable> DisposablesView => [.. tensors.AsSpan(0, count), .. others];

    /// <summary>How much the scope would dispose now.</summary>
    public int DisposablesCount => count + others.Count;

    /// <summary>Whether the scope would dispose this.</summary>
    public bool Contains(IDisposable disposable) =>
        disposable is torch.Tensor tensor ? tensor.OwningDisposeScope == this : others.Contains(disposable);

    /// <summary>Hands this to the scope around this one; without one, it belongs to no scope.</summary>
    public T MoveToOuter<T>(T disposable) where T : IDisposable => MoveToOther(OuterScope, disposable);

    /// <inheritdoc cref="MoveToOuter{T}(T)"/>
    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable =>
        (MoveToOuter(first), MoveToOuter(second));

    /// <inheritdoc cref="MoveToOuter{T}(T)"/>
    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable =>
        (MoveToOuter(first), MoveToOuter(second), MoveToOuter(third));

    /// <inheritdoc cref="MoveToOuter{T}(T)"/>
    public void MoveToOuter(params IDisposable[] disposables) => MoveToOuter((IEnumerable<IDisposable>)disposables);

    /// <inheritdoc cref="MoveToOuter{T}(T)"/>
    public void MoveToOuter(IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables) MoveToOther(OuterScope, disposable);
    }

    /// <summary>Hands this to another scope, or to none.</summary>
    public T MoveToOther<T>(DisposeScope? scope, T disposable) where T : IDisposable
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (Remove(disposable)) scope?.Add(disposable);
        return disposable;
    }

    /// <summary>Takes this out of the scope: nothing disposes it any more but its owner.</summary>
    public T Detach<T>(T disposable) where T : IDisposable => MoveToOther(null, disposable);

    /// <inheritdoc cref="Detach{T}(T)"/>
    public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable =>
        (Detach(first), Detach(second));

    /// <inheritdoc cref="Detach{T}(T)"/>
    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);

    /// <inheritdoc cref="Detach{T}(T)"/>
    public void Detach(IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables) MoveToOther(null, disposable);
    }

    /// <summary>Puts this into the scope, out of the one it was in.</summary>
    public void Attach(IDisposable disposable)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        (disposable as torch.Tensor)?.OwningDisposeScope?.Remove(disposable);
        Add(disposable);
    }

    /// <inheritdoc cref="Attach(IDisposable)"/>
    public void Attach(params IDisposable[] disposables)
    {
        foreach (var disposable in disposables) Attach(disposable);
    }

    /// <summary>Disposes all that the scope holds; the scope goes on.</summary>
    public void DisposeEverything() => DisposeEverythingBut([]);

    /// <summary>Disposes all that the scope holds but this.</summary>
    public T DisposeEverythingBut<T>(T keep) where T : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[keep]);
        return keep;
    }

    /// <inheritdoc cref="DisposeEverythingBut{T}(T)"/>
    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    /// <inheritdoc cref="DisposeEverythingBut{T}(T)"/>
    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        var kept = new HashSet<IDisposable>(inKeep.Where(Contains), ReferenceEqualityComparer.Instance);
        foreach (var disposable in kept) Remove(disposable);
        DisposeHeld();
        foreach (var disposable in kept) Add(disposable);
    }

    /// <summary>Ends the scope and disposes what it still holds.</summary>
    public void Dispose()
    {
        if (disposed) return;
        disposed = true;
        DisposeHeld();
        if (current == this) current = OuterScope;
        // Ended out of order: the scope inside now has this one's outer scope around it.
        else
            for (var inner = current; inner is not null; inner = inner.OuterScope)
                if (inner.OuterScope == this) inner.OuterScope = OuterScope;
    }

    /// <summary>Forgets this because its owner disposed it.</summary>
    public void MarkAsDisposed(IDisposable disposable) => Remove(disposable);

    internal void Add(torch.Tensor tensor)
    {
        if (count == tensors.Length) Array.Resize(ref tensors, 2 * count);
        tensors[count] = tensor;
        tensor.OwningDisposeScope = this;
        tensor.SlotInScope = count++;
    }

    internal void Remove(torch.Tensor tensor)
    {
        // The last one takes the free slot: order does not matter, and both adding and removing take constant time.
        var last = tensors[--count];
        tensors[tensor.SlotInScope] = last;
        last.SlotInScope = tensor.SlotInScope;
        tensors[count] = null!;
        tensor.OwningDisposeScope = null;
    }

    private void Add(IDisposable disposable)
    {
        if (disposable is torch.Tensor tensor) Add(tensor);
        else others.Add(disposable);
    }

    private bool Remove(IDisposable disposable)
    {
        if (disposable is not torch.Tensor tensor) return others.Remove(disposable);
        if (tensor.OwningDisposeScope != this) return false;
        Remove(tensor);
        return true;
    }

    private void DisposeHeld()
    {
        while (count > 0) tensors[count - 1].Dispose();
        foreach (var other in others.ToArray()) other.Dispose();
        others.Clear();
    }
}
