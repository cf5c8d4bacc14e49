namespace ScFm.Torch.Tests.Nn;

public sealed class LayerTests
{
    [Fact]
    public void Linear_is_a_matrix_product_and_a_shift()
    {
        using var scope = NewDisposeScope();
        using var layer = Linear(Parameter(tensor(new[,] { { 1.0, 2 }, { 3, 4 }, { 5, 6 } })), Parameter(tensor(new[] { 0.5, 0, -1 })));
        layer.call(tensor(new[] { 10.0, 1 })).ShouldBe([12.5, 34, 55]);
        Assert.Equal((2, 3), (layer.in_features, layer.out_features));
    }

    [Fact]
    public void Linear_starts_within_the_bounds_of_pytorch()
    {
        using var layer = Linear(100, 400);
        Assert.InRange(layer.weight.abs().max().ToDouble(), 0.099, 0.1);
        Assert.InRange(layer.bias!.abs().max().ToDouble(), 0.09, 0.1);
        Assert.InRange(layer.weight.std().ToDouble(), 0.98 * 0.1 / Math.Sqrt(3), 1.02 * 0.1 / Math.Sqrt(3));
    }

    [Fact]
    public void Layer_norm_agrees_with_its_definition()
    {
        using var scope = NewDisposeScope();
        double[] x = [1, 5, -2, 4];
        var (mean, variance) = (x.Average(), x.Sum(v => (v - x.Average()) * (v - x.Average())) / 4);
        using var layer = LayerNorm(4, dtype: float64);
        layer.call(tensor(x)).ShouldBe([.. x.Select(v => (v - mean) / Math.Sqrt(variance + 1e-5))], 1e-12);
        using var plain = LayerNorm([4L], elementwise_affine: false);
        Assert.Empty(plain.parameters());
        using var unshifted = LayerNorm(4, bias: false);
        Assert.Equal(["weight"], unshifted.state_dict().Keys);
    }

    [Fact]
    public void Batch_norm_uses_the_batch_in_training_and_running_statistics_in_evaluation()
    {
        using var scope = NewDisposeScope();
        using var layer = BatchNorm1d(1, dtype: float64);
        double[] x = [1, 2, 6];
        layer.call(tensor(x, [3, 1])).ShouldBe([.. x.Select(v => (v - 3) / Math.Sqrt(14.0 / 3 + 1e-5))], 1e-12);
        // Running mean 0.1 * 3; running variance 0.9 + 0.1 * 7 (unbiased).
        layer.running_mean!.ShouldBe([0.3]);
        layer.running_var!.ShouldBe([1.6]);
        Assert.Equal(1, layer.num_batches_tracked!.ToInt64());
        layer.eval();
        layer.call(tensor(new[] { 2.0 }, [1, 1])).ShouldBe([1.7 / Math.Sqrt(1.6 + 1e-5)]);
        Assert.Equal(["bias", "num_batches_tracked", "running_mean", "running_var", "weight"], layer.state_dict().Keys.Order());
        Assert.Contains("[4]", Assert.Throws<ArgumentException>(() => layer.call(ones(4))).Message);
    }

    [Fact]
    public void An_embedding_looks_rows_up_and_leaves_the_padding_row_without_gradient()
    {
        using var scope = NewDisposeScope();
        using var layer = Embedding(4, 2, padding_idx: 1);
        layer.weight![1].ShouldBe([0, 0]);
        var index = tensor(new long[] { 3, 1, 3 });
        layer.call(index).ShouldBe(layer.weight!.index_select(0, index).Doubles());
        layer.call(index).sum().backward();
        layer.weight!.grad!.ShouldBe([0, 0, 0, 0, 0, 0, 2, 2]);
        using var frozen = Embedding_from_pretrained(tensor(new[,] { { 1f, 2f } }));
        frozen.call(tensor(new long[] { 0 })).ShouldBe([1, 2]);
        Assert.False(frozen.weight!.requires_grad);
    }

    [Fact]
    public void Dropout_keeps_the_mean_and_does_nothing_in_evaluation()
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        using var layer = Dropout(0.25);
        var x = ones(100_000);
        var dropped = layer.call(x);
        Assert.InRange(dropped.mean().ToDouble(), 0.99, 1.01);
        Assert.InRange((dropped == 0).@double().mean().ToDouble(), 0.24, 0.26);
        layer.eval();
        layer.call(ones(3)).ShouldBe([1, 1, 1]);
    }

    [Fact]
    public void Attention_agrees_with_loops()
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        Tensor q = randn(3, 2, float64), k = randn(4, 2, float64), v = randn(4, 5, float64);
        var keep = tensor(new[,] { { true, true, false, true }, { true, false, false, true }, { true, true, true, true } });
        functional.scaled_dot_product_attention(q, k, v).ShouldBe(Exact((_, _) => true), 1e-12);
        functional.scaled_dot_product_attention(q, k, v, keep).ShouldBe(Exact((i, j) => keep[i, j].ToBoolean()), 1e-12);
        functional.scaled_dot_product_attention(q, k, v, is_casual: true).ShouldBe(Exact((i, j) => j <= i), 1e-12);

        double[] Exact(Func<int, int, bool> sees)
        {
            double[] dq = q.Doubles(), dk = k.Doubles(), dv = v.Doubles();
            List<double> result = [];
            for (var i = 0; i < 3; i++)
            {
                double[] weight = [.. Enumerable.Range(0, 4).Select(j => sees(i, j) ? Math.Exp((dq[2 * i] * dk[2 * j] + dq[2 * i + 1] * dk[2 * j + 1]) / Math.Sqrt(2)) : 0)];
                for (var c = 0; c < 5; c++) result.Add(Enumerable.Range(0, 4).Sum(j => weight[j] * dv[5 * j + c]) / weight.Sum());
            }

            return [.. result];
        }
    }

    [Fact]
    public void Losses_agree_with_their_formulas()
    {
        using var scope = NewDisposeScope();
        double[] x = [0.5, -1.2, 2.0], y = [1, 0, 1];
        Tensor tx = tensor(x), ty = tensor(y);
        functional.mse_loss(tx, ty).ShouldBe([x.Zip(y).Average(p => Math.Pow(p.First - p.Second, 2))]);
        functional.mse_loss(tx, ty, Reduction.Sum).ShouldBe([x.Zip(y).Sum(p => Math.Pow(p.First - p.Second, 2))]);
        functional.l1_loss(tx, ty, Reduction.None).ShouldBe([.. x.Zip(y).Select(p => Math.Abs(p.First - p.Second))]);
        functional.binary_cross_entropy_with_logits(tx, ty).ShouldBe([x.Zip(y).Average(p => Math.Log(1 + Math.Exp(p.First)) - p.First * p.Second)]);
        functional.binary_cross_entropy(tx.sigmoid(), ty).ShouldBe([x.Zip(y).Average(p => Math.Log(1 + Math.Exp(p.First)) - p.First * p.Second)]);
        functional.poisson_nll_loss(tx, ty).ShouldBe([x.Zip(y).Average(p => Math.Exp(p.First) - p.First * p.Second)]);
        functional.cross_entropy(tx.unsqueeze(0), tensor(new long[] { 2 })).ShouldBe([Math.Log(x.Sum(Math.Exp)) - x[2]]);
        functional.huber_loss(tx, ty).ShouldBe([x.Zip(y).Average(p => Math.Abs(p.First - p.Second) is var d && d < 1 ? d * d / 2 : d - 0.5)]);
        functional.cosine_similarity(tx, ty, dim: 0).ShouldBe([2.5 / Math.Sqrt(x.Sum(v => v * v) * 2)]);
    }

    [Fact]
    public void Losses_as_modules_agree_with_their_functions()
    {
        using var scope = NewDisposeScope();
        Tensor x = tensor(new[] { 0.5, -1.2, 2.0 }), y = tensor(new[] { 1.0, 0, 1 });
        MSELoss(Reduction.Sum).call(x, y).ShouldBe([0.25 + 1.44 + 1]);
        L1Loss().call(x, y).ShouldBe([(0.5 + 1.2 + 1) / 3]);
        BCEWithLogitsLoss(pos_weights: tensor(2.0)).call(x, y)
            .ShouldBe([(2 * Math.Log(1 + Math.Exp(-0.5)) + Math.Log(1 + Math.Exp(-1.2)) + 2 * Math.Log(1 + Math.Exp(-2))) / 3]);
        CrossEntropyLoss(ignore_index: 1).call(stack([x, x]), tensor(new long[] { 1, 2 })).ShouldBe([Math.Log(x.Doubles().Sum(Math.Exp)) - 2]);
        SmoothL1Loss(beta: 2).call(x, y).ShouldBe([(0.25 + 1.44 + 1) / 12]);
        HuberLoss(delta: 2).call(x, y).ShouldBe([(0.25 + 1.44 + 1) / 6]);
    }

    [Fact]
    public void Starting_values_have_the_spread_they_promise()
    {
        using var scope = NewDisposeScope();
        manual_seed(9);
        var w = empty(200, 300);
        Assert.InRange(init.xavier_uniform_(w).std().ToDouble() / Math.Sqrt(2.0 / 500), 0.98, 1.02);
        Assert.InRange(init.kaiming_normal_(w, nonlinearity: init.NonlinearityType.ReLU).std().ToDouble() / Math.Sqrt(2.0 / 300), 0.98, 1.02);
        Assert.InRange(init.normal_(w, 1, 0.5).mean().ToDouble(), 0.99, 1.01);
        init.trunc_normal_(w, std: 0.02, a: -0.04, b: 0.04);
        Assert.True(w.abs().max().ToDouble() <= 0.04);
        // A normal cut at two standard deviations keeps 0.8796 of its spread.
        Assert.InRange(w.std().ToDouble() / 0.02, 0.87, 0.89);
        init.orthogonal_(w);
        w.mm(w.t()).sub(eye(200)).abs().max().ShouldBe([0], 1e-4);
    }
}
