namespace ScFm.Model.Regression;

/// <summary>Normal equations of a changing set of columns, with their Cholesky factor.</summary>
/// <param name="independent">Share of a column's squared length that must lie outside the others.</param>
internal sealed class GrowingCholesky(double independent)
{
    // Lower triangles, a row a member: the products of the columns, and the factor.
    private readonly List<double[]> products = [];
    private readonly List<double[]> factor = [];
    private readonly List<double> right = [];
    private readonly List<int> members = [];

    internal IReadOnlyList<int> Members => members;

    /// <summary>Adds a column; false, and nothing is changed, where it is a combination of the members.</summary>
    /// <param name="column">Its name.</param>
    /// <param name="withMembers">Its inner products with the members.</param>
    /// <param name="squared">That with itself.</param>
    /// <param name="withTarget">That with the right side.</param>
    internal bool Add(int column, double[] withMembers, double squared, double withTarget)
    {
        double[] row = [.. withMembers, squared];
        if (Factorise(row) is not { } line)
        {
            return false;
        }
        products.Add(row);
        factor.Add(line);
        right.Add(withTarget);
        members.Add(column);
        return true;
    }

    /// <summary>Takes members out and factorises the rest again.</summary>
    internal void Remove(Predicate<int> leaves)
    {
        int[] kept = [.. Enumerable.Range(0, members.Count).Where(i => !leaves(members[i]))];
        var rows = kept.Select(i => (Column: members[i], Row: kept.TakeWhile(k => k <= i).Select(k => products[i][k]).ToArray(), Right: right[i])).ToArray();
        products.Clear();
        factor.Clear();
        right.Clear();
        members.Clear();
        foreach (var (column, row, target) in rows)
        {
            Add(column, row[..members.Count], row[^1], target);
        }
    }

    /// <summary>The coefficients of least squares, one a member.</summary>
    internal double[] Solve()
    {
        var x = right.ToArray();
        for (var i = 0; i < x.Length; i++)
        {
            for (var k = 0; k < i; k++)
            {
                x[i] -= factor[i][k] * x[k];
            }
            x[i] /= factor[i][i];
        }
        for (var i = x.Length - 1; i >= 0; i--)
        {
            x[i] /= factor[i][i];
            for (var k = 0; k < i; k++)
            {
                x[k] -= factor[i][k] * x[i];
            }
        }
        return x;
    }

    /// <summary>The factor's next row, or null where nothing of the column is left.</summary>
    private double[]? Factorise(double[] row)
    {
        var line = new double[row.Length];
        var rest = row[^1];
        for (var k = 0; k < line.Length - 1; k++)
        {
            var sum = row[k];
            for (var m = 0; m < k; m++)
            {
                sum -= line[m] * factor[k][m];
            }
            line[k] = sum / factor[k][k];
            rest -= line[k] * line[k];
        }
        line[^1] = Math.Sqrt(Math.Max(rest, 0));
        return rest > independent * row[^1] ? line : null;
    }
}
