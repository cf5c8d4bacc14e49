namespace ScFm.Torch.Tests.Tensors;

public sealed class LinearAlgebraTests
{
    [Fact]
    public void Products_agree_with_loops()
    {
        using var scope = NewDisposeScope();
        double[,] a = { { 1, 2, 3 }, { 4, 5, 6 } }, b = { { 7, 8 }, { 9, 10 }, { 11, 12 } };
        double[] exact = [58, 64, 139, 154];
        Tensor ta = tensor(a), tb = tensor(b);
        ta.mm(tb).ShouldBe(exact);
        matmul(ta, tb).ShouldBe(exact);
        einsum("ij,jk->ik", ta, tb).ShouldBe(exact);
        ta.unsqueeze(0).bmm(tb.unsqueeze(0)).ShouldBe(exact);
        ones(2, 2, float64).addmm(ta, tb, beta: 2, alpha: 0.5f).ShouldBe([.. exact.Select(x => 2 + x / 2)]);
        dot(ta[0], ta[1]).ShouldBe([32]);
        outer(ta[0], tensor(new[] { 1.0, -1 })).ShouldBe([1, -1, 2, -2, 3, -3]);
        cdist(ta, ta).ShouldBe([0, Math.Sqrt(27), Math.Sqrt(27), 0]);
    }

    [Fact]
    public void Decompositions_give_the_matrix_back()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var a = randn(6, 4, float64);
        var (q, r) = linalg.qr(a);
        matmul(q, r).ShouldBe(a.Doubles(), 1e-12);
        q.t().mm(q).ShouldBe(eye(4, dtype: float64).Doubles(), 1e-12);
        var (u, s, vh) = linalg.svd(a, fullMatrices: false);
        (u * s).mm(vh).ShouldBe(a.Doubles(), 1e-12);
        var symmetric = a.t().mm(a);
        var (values, vectors) = linalg.eigh(symmetric);
        (vectors * values).mm(vectors.t()).ShouldBe(symmetric.Doubles(), 1e-11);
        var l = linalg.cholesky(symmetric);
        l.mm(l.t()).ShouldBe(symmetric.Doubles(), 1e-12);
        var b = randn(4, 2, float64);
        symmetric.mm(linalg.solve(symmetric, b)).ShouldBe(b.Doubles(), 1e-9);
        linalg.inv(symmetric).mm(symmetric).ShouldBe(eye(4, dtype: float64).Doubles(), 1e-9);
        linalg.det(diag(tensor(new[] { 2.0, 3 }))).ShouldBe([6]);
    }

    [Fact]
    public void Least_squares_leaves_a_residual_orthogonal_to_the_columns()
    {
        using var scope = NewDisposeScope();
        Tensor a = randn(9, 3, float64), b = randn(9, 1, float64);
        var solution = linalg.lstsq(a, b).Solution;
        a.t().mm(a.mm(solution) - b).ShouldBe([0, 0, 0], 1e-12);
        linalg.norm(tensor(new[] { 3.0, 4 })).ShouldBe([5]);
        linalg.vector_norm(tensor(new[] { 3.0, -4 }), 1).ShouldBe([7]);
    }
}
