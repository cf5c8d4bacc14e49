namespace ScFm.Torch.Tests.Optim;

public sealed class OptimizerTests
{
    private const double Lr = 0.1, Beta1 = 0.8, Beta2 = 0.95, Eps = 1e-3, Decay = 0.2;

    /// <summary>Adam as its paper writes it, in float64, on f(p) = sum of i p_i^2 / 2.</summary>
    private static double[] Exact(double[] start, int steps, bool decoupled, bool amsgrad = false, bool maximize = false)
    {
        var p = (double[])start.Clone();
        var (m, v, top) = (new double[p.Length], new double[p.Length], new double[p.Length]);
        for (var t = 1; t <= steps; t++)
            for (var i = 0; i < p.Length; i++)
            {
                var g = (i + 1) * p[i] * (maximize ? -1 : 1) + (decoupled ? 0 : Decay * p[i]);
                if (decoupled) p[i] -= Lr * Decay * p[i];
                m[i] = Beta1 * m[i] + (1 - Beta1) * g;
                v[i] = Beta2 * v[i] + (1 - Beta2) * g * g;
                top[i] = Math.Max(top[i], v[i]);
                var mean = m[i] / (1 - Math.Pow(Beta1, t));
                var square = (amsgrad ? top[i] : v[i]) / (1 - Math.Pow(Beta2, t));
                p[i] -= Lr * mean / (Math.Sqrt(square) + Eps);
            }

        return p;
    }

    private static void Run(OptimizerHelper optimizer, Parameter p, int steps)
    {
        for (var t = 0; t < steps; t++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            (arange(1, p.numel() + 1, dtype: p.dtype) * p * p).sum().div(2).backward();
            optimizer.step();
        }
    }

    [Theory]
    [InlineData(true, false, false)]
    [InlineData(false, false, false)]
    [InlineData(true, true, false)]
    [InlineData(true, false, true)]
    public void Adam_agrees_with_its_paper(bool decoupled, bool amsgrad, bool maximize)
    {
        double[] start = [1, -0.7, 0.3, 2, -5];
        foreach (var (type, tolerance) in new[] { (float64, 1e-12), (float32, 2e-5) })
        {
            using var p = Parameter(tensor(start, dtype: type));
            using OptimizerHelper optimizer = decoupled
                ? optim.AdamW([p], Lr, Beta1, Beta2, Eps, Decay, amsgrad, maximize)
                : optim.Adam([p], Lr, Beta1, Beta2, Eps, Decay, amsgrad, maximize);
            Run(optimizer, p, 7);
            p.ShouldBe(Exact(start, 7, decoupled, amsgrad, maximize), tolerance);
        }
    }

    [Fact]
    public void The_fast_step_of_large_tensors_agrees_with_the_tensor_form()
    {
        manual_seed(0);
        using var scope = NewDisposeScope();
        var data = randn(300, 400);
        var gradient = randn(300, 400);
        Parameter fast = Parameter(data.clone()), slow = Parameter(data.t().contiguous().t());
        Assert.False(slow.is_contiguous());
        using var a = optim.AdamW([fast], weight_decay: 0.1);
        using var b = optim.AdamW([slow], weight_decay: 0.1);
        for (var step = 0; step < 3; step++)
        {
            (fast.grad, slow.grad) = (gradient, gradient);
            a.step();
            b.step();
        }

        fast.ShouldBe(slow.Doubles(), 1e-6);
    }

    [Fact]
    public void Momentum_agrees_with_its_recurrence()
    {
        using var p = Parameter(tensor(new[] { 1.0 }));
        using var optimizer = optim.SGD([p], learningRate: 0.1, momentum: 0.9);
        Run(optimizer, p, 3);
        double x = 1, buffer = 0;
        for (var t = 0; t < 3; t++)
        {
            buffer = 0.9 * buffer + x;
            x -= 0.1 * buffer;
        }

        p.ShouldBe([x], 1e-12);
    }

    [Fact]
    public void Adagrad_agrees_with_its_recurrence()
    {
        using var p = Parameter(tensor(new[] { 1.0 }));
        using var optimizer = optim.Adagrad([p], lr: 0.1, lr_decay: 0.5, initial_accumulator_value: 0.2);
        Run(optimizer, p, 3);
        double x = 1, sum = 0.2;
        for (var t = 0; t < 3; t++)
        {
            sum += x * x;
            x -= 0.1 / (1 + 0.5 * t) * x / (Math.Sqrt(sum) + 1e-10);
        }

        p.ShouldBe([x], 1e-12);
    }

    [Fact]
    public void A_saved_optimizer_goes_on_exactly()
    {
        var path = Path.GetTempFileName();
        try
        {
            double[] start = [1, -0.7, 0.3];
            using Parameter a = Parameter(tensor(start)), b = Parameter(tensor(start));
            using var first = optim.AdamW([a], Lr, Beta1, Beta2, Eps, Decay);
            Run(first, a, 3);
            first.save_state_dict(path);
            using (no_grad()) b.copy_(a);
            using var second = optim.AdamW([b]);
            second.load_state_dict(path);
            Run(first, a, 2);
            Run(second, b, 2);
            b.ShouldBe(a.Doubles(), 0);
            using var other = optim.SGD([b], 0.1);
            Assert.Contains("AdamW", Assert.Throws<InvalidDataException>(() => other.load_state_dict(path)).Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Groups_have_options_of_their_own()
    {
        using Parameter a = Parameter(ones(1, float64)), b = Parameter(ones(1, float64));
        using var optimizer = optim.AdamW([new AdamW.ParamGroup([a], lr: 0.5), new AdamW.ParamGroup { Parameters = [b] }], lr: 0.25);
        Assert.Equal([0.5, 0.25], optimizer.ParamGroups.Select(group => group.LearningRate));
        (a.grad, b.grad) = (ones(1, float64), ones(1, float64));
        optimizer.step();
        // Adam's first step is the learning rate, whatever the gradient.
        a.ShouldBe([0.5], 1e-7);
        b.ShouldBe([0.75], 1e-7);
    }

    [Fact]
    public void Parameters_without_gradient_stay()
    {
        using Parameter a = Parameter(ones(1)), b = Parameter(ones(1));
        using var optimizer = optim.AdamW([a, b], weight_decay: 0.5);
        a.grad = ones(1);
        optimizer.step();
        b.ShouldBe([1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => optim.AdamW([a], lr: -1));
    }

    [Fact]
    public void Clipping_scales_all_gradients_together()
    {
        using Parameter a = Parameter(zeros(2)), b = Parameter(zeros(1));
        (a.grad, b.grad) = (tensor(new[] { 3f, 0 }), tensor(new[] { 4f }));
        Assert.Equal(5, nn.utils.clip_grad_norm_([a, b], 1), 5);
        a.grad!.ShouldBe([0.6, 0], 1e-5);
        b.grad!.ShouldBe([0.8], 1e-5);
        Assert.Equal(1, nn.utils.clip_grad_norm_([a, b], 10), 5);
        b.grad!.ShouldBe([0.8], 1e-5);
        nn.utils.clip_grad_value_([a, b], 0.5);
        a.grad!.ShouldBe([0.5, 0]);
    }
}
