using MathNet.Numerics.LinearAlgebra;

namespace ScFm.Model.Graphs;

/// <summary>The largest eigenvalues of a symmetric operator known only by its products with vectors.</summary>
/// <remarks>
/// Lanczos' method with full re-orthogonalisation (Golub and Van Loan, Matrix Computations, section 10.3): the Krylov
/// space grows until every wanted Ritz pair has a small residual.
/// </remarks>
internal static class Lanczos
{
    // Coordinates of a vector that one task handles; fixed, so that sums do not depend on the number of threads.
    private const int Segment = 4096;

    /// <param name="size">Order of the operator.</param>
    /// <param name="count">Number of eigenpairs wanted.</param>
    /// <param name="multiply">Gives the operator's product with a vector, in a new array.</param>
    /// <param name="seed">Seed of the first vector.</param>
    /// <param name="tolerance">Largest residual norm, relative to the largest eigenvalue.</param>
    /// <param name="limit">Largest dimension of the Krylov space; pairs not converged by then are returned as they are.</param>
    /// <param name="cancel">Stops the search between two products.</param>
    /// <returns>Eigenvalues in descending order and their unit eigenvectors, each [size].</returns>
    internal static (double[] Values, double[][] Vectors) Largest(
        int size, int count, Func<double[], double[]> multiply, ulong seed, double tolerance, int limit, CancellationToken cancel)
    {
        limit = Math.Min(size, limit);
        var basis = new List<double[]> { RandomUnit(size, [], seed) };
        var (diagonal, coupling) = (new List<double>(), new List<double>());
        var check = Math.Min(limit, 2 * count + 20);
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var next = multiply(basis[^1]);
            diagonal.Add(LinearSpace.Dot(next, basis[^1]));
            Orthogonalise(next, basis);
            var norm = LinearSpace.Norm(next);
            if (basis.Count == check)
            {
                var (values, coefficients) = Solve(diagonal, coupling, count);
                var scale = Math.Max(Math.Abs(values[0]), double.Epsilon);
                if (check == limit || coefficients.All(c => Math.Abs(norm * c[^1]) <= tolerance * scale))
                {
                    return (values, Array.ConvertAll(coefficients, c => Combine(basis, c)));
                }
                check = Math.Min(limit, check + check / 6);
            }
            // An invariant space is complete: what is left of the operator lies in its complement.
            var complete = norm <= 1e-13 * Math.Max(Math.Abs(diagonal[0]), double.Epsilon);
            coupling.Add(complete ? 0 : norm);
            if (complete)
            {
                next = RandomUnit(size, basis, seed + (ulong)basis.Count);
            }
            else
            {
                LinearSpace.Multiply(next, 1 / norm);
            }
            basis.Add(next);
        }
    }

    private static (double[] Values, double[][] Coefficients) Solve(List<double> diagonal, List<double> coupling, int count)
    {
        var order = diagonal.Count;
        var tridiagonal = Matrix<double>.Build.Dense(order, order);
        for (var i = 0; i < order; i++)
        {
            tridiagonal[i, i] = diagonal[i];
            if (i + 1 < order)
            {
                tridiagonal[i, i + 1] = tridiagonal[i + 1, i] = coupling[i];
            }
        }
        var eigen = tridiagonal.Evd(Symmetricity.Symmetric);
        var (values, coefficients) = (new double[count], new double[count][]);
        for (var i = 0; i < count; i++)
        {
            // MathNet gives ascending eigenvalues.
            values[i] = eigen.EigenValues[order - 1 - i].Real;
            coefficients[i] = eigen.EigenVectors.Column(order - 1 - i).ToArray();
        }
        return (values, coefficients);
    }

    private static double[] RandomUnit(int size, List<double[]> basis, ulong seed)
    {
        var random = SplitMix.For(seed, 0, 0);
        var vector = new double[size];
        foreach (ref var value in vector.AsSpan())
        {
            value = random.NextSymmetric();
        }
        Orthogonalise(vector, basis);
        LinearSpace.Multiply(vector, 1 / LinearSpace.Norm(vector));
        return vector;
    }

    // Twice is enough (Kahan and Parlett).
    private static void Orthogonalise(double[] vector, List<double[]> basis)
    {
        for (var pass = 0; pass < 2; pass++)
        {
            var overlaps = new double[basis.Count];
            ForEach(basis.Count, vector.Length, i => overlaps[i] = -LinearSpace.Dot(basis[i], vector));
            Accumulate(basis, overlaps, vector);
        }
    }

    private static double[] Combine(List<double[]> basis, double[] coefficients)
    {
        var sum = new double[basis[0].Length];
        Accumulate(basis, coefficients, sum);
        LinearSpace.Multiply(sum, 1 / LinearSpace.Norm(sum));
        return sum;
    }

    private static void Accumulate(List<double[]> basis, double[] coefficients, double[] sum) =>
        ForEach((sum.Length + Segment - 1) / Segment, Segment * basis.Count, segment =>
        {
            var start = segment * Segment;
            var length = Math.Min(Segment, sum.Length - start);
            for (var i = 0; i < coefficients.Length; i++)
            {
                LinearSpace.Add(coefficients[i], basis[i].AsSpan(start, length), sum.AsSpan(start, length));
            }
        });

    private static void ForEach(int items, int work, Action<int> action)
    {
        if ((long)items * work > 1 << 18)
        {
            Parallel.For(0, items, action);
            return;
        }
        for (var i = 0; i < items; i++)
        {
            action(i);
        }
    }
}
