using ScFm.Model.Cells;

namespace ScFm.Model.Tests.Graphs;

/// <summary>Points in well separated groups.</summary>
internal static class Blobs
{
    internal static DenseMatrix Make(int count, int features, int groups, int seed, double apart = 8)
    {
        var random = new Random(seed);
        var centres = Enumerable.Range(0, groups * features).Select(_ => apart * random.NextDouble()).ToArray();
        var points = new DenseMatrix(count, features);
        for (var i = 0; i < count; i++)
        {
            for (var f = 0; f < features; f++)
            {
                points[i, f] = (float)(centres[i % groups * features + f] + Normal(random));
            }
        }
        return points;
    }

    internal static CsrMatrix Sparse(int rows, int columns, double share, int seed)
    {
        var random = new Random(seed);
        var offsets = new long[rows + 1];
        var (indices, values) = (new List<int>(), new List<float>());
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                if (random.NextDouble() < share)
                {
                    indices.Add(column);
                    values.Add((float)(1 + column % 5 + random.NextDouble() * (row % 3)));
                }
            }
            offsets[row + 1] = indices.Count;
        }
        return new CsrMatrix(rows, columns, offsets, [.. indices], [.. values]);
    }

    internal static DenseMatrix Dense(CsrMatrix sparse)
    {
        var dense = new DenseMatrix(sparse.Rows, sparse.Columns);
        for (var row = 0; row < sparse.Rows; row++)
        {
            for (var i = sparse.Offsets[row]; i < sparse.Offsets[row + 1]; i++)
            {
                dense[row, sparse.Indices[i]] = sparse.Values[i];
            }
        }
        return dense;
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
