namespace ScFm.Model.Files.PyTorch;

/// <summary>The stack of a pickle: values, and marks below which nothing is taken.</summary>
internal sealed class PickleStack
{
    private readonly List<object?> values = [];
    private readonly Stack<int> marks = [];

    private int Floor => marks.Count > 0 ? marks.Peek() : 0;

    /// <summary>The last value.</summary>
    public object? Top
    {
        get => values.Count > Floor ? values[^1] : throw Empty();
        set => values[^1] = values.Count > Floor ? value : throw Empty();
    }

    /// <summary>True where one value and no mark is left.</summary>
    public bool HoldsOne => values.Count == 1 && marks.Count == 0;

    public void Push(object? value) => values.Add(value);

    public object? Pop()
    {
        var value = Top;
        values.RemoveAt(values.Count - 1);
        return value;
    }

    /// <summary>Takes the last values, in the order they were pushed.</summary>
    public object?[] Pop(int count)
    {
        if (values.Count - count < Floor)
        {
            throw Empty();
        }
        var taken = values[^count..];
        values.RemoveRange(values.Count - count, count);
        return [.. taken];
    }

    public void Mark() => marks.Push(values.Count);

    /// <summary>Takes all values above the last mark, and the mark.</summary>
    public object?[] PopMark()
    {
        if (!marks.TryPop(out var mark))
        {
            throw Empty();
        }
        var taken = values[mark..];
        values.RemoveRange(mark, values.Count - mark);
        return [.. taken];
    }

    private static InvalidDataException Empty() => new("its pickle takes a value from an empty stack");
}
