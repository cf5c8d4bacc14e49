namespace ScFm.Model.Graphs;

/// <summary>For each row, the nearest others found so far: a short list kept in order of distance, then of index.</summary>
internal sealed class NearestLists
{
    private readonly int[] indices;
    private readonly float[] squared;

    internal NearestLists(int rows, int capacity)
    {
        (Rows, Capacity) = (rows, capacity);
        indices = new int[(long)rows * capacity];
        squared = new float[(long)rows * capacity];
        Array.Fill(indices, -1);
        Array.Fill(squared, float.PositiveInfinity);
    }

    internal int Rows { get; }

    internal int Capacity { get; }

    /// <summary>One row's neighbours, nearest first; -1 where none is known yet.</summary>
    internal ReadOnlySpan<int> Indices(int row) => indices.AsSpan(row * Capacity, Capacity);

    /// <summary>The squared distances of one row's neighbours.</summary>
    internal ReadOnlySpan<float> Squared(int row) => squared.AsSpan(row * Capacity, Capacity);

    /// <summary>The squared distance that a newcomer must not exceed.</summary>
    internal float Worst(int row) => squared[row * Capacity + Capacity - 1];

    internal NearestLists Copy()
    {
        var copy = new NearestLists(Rows, Capacity);
        indices.CopyTo(copy.indices, 0);
        squared.CopyTo(copy.squared, 0);
        return copy;
    }

    /// <summary>Takes a neighbour in at its place; false when it is too far or there already.</summary>
    internal bool Insert(int row, int index, float distance)
    {
        var ids = indices.AsSpan(row * Capacity, Capacity);
        var far = squared.AsSpan(row * Capacity, Capacity);
        var place = Capacity;
        while (place > 0 && (distance < far[place - 1] || (distance == far[place - 1] && index < ids[place - 1])))
        {
            place--;
        }
        if (place == Capacity || (place > 0 && ids[place - 1] == index))
        {
            return false;
        }
        ids[place..^1].CopyTo(ids[(place + 1)..]);
        far[place..^1].CopyTo(far[(place + 1)..]);
        (ids[place], far[place]) = (index, distance);
        return true;
    }
}
