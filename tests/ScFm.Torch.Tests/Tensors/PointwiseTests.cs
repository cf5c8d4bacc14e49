namespace ScFm.Torch.Tests.Tensors;

public sealed class PointwiseTests
{
    private static readonly double[] Points = [-2.5, -1.0, -0.3, 0.2, 0.9, 1.7, 3.0];
    private static readonly double[] Positive = [0.05, 0.2, 0.9, 1.7, 3.0, 12.5];

    public static TheoryData<string> Everywhere => [.. EverywhereFunctions.Keys];

    public static TheoryData<string> OnlyPositive => [.. PositiveFunctions.Keys];

    private static readonly Dictionary<string, (Func<Tensor, Tensor> ours, Func<double, double> exact)> EverywhereFunctions = new()
    {
        ["abs"] = (t => t.abs(), Math.Abs),
        ["ceil"] = (t => t.ceil(), Math.Ceiling),
        ["cos"] = (t => t.cos(), Math.Cos),
        ["sin"] = (t => t.sin(), Math.Sin),
        ["exp"] = (t => t.exp(), Math.Exp),
        ["expm1"] = (t => t.expm1(), x => Math.Exp(x) - 1),
        ["floor"] = (t => t.floor(), Math.Floor),
        ["neg"] = (t => -t, x => -x),
        ["reciprocal"] = (t => t.reciprocal(), x => 1 / x),
        ["relu"] = (t => t.relu(), x => Math.Max(0, x)),
        ["round"] = (t => t.round(), Math.Round),
        ["sigmoid"] = (t => t.sigmoid(), x => 1 / (1 + Math.Exp(-x))),
        ["sign"] = (t => t.sign(), x => Math.Sign(x)),
        ["silu"] = (t => t.silu(), x => x / (1 + Math.Exp(-x))),
        ["square"] = (t => t.square(), x => x * x),
        ["tanh"] = (t => t.tanh(), Math.Tanh),
        ["trunc"] = (t => t.trunc(), Math.Truncate),
        ["erf"] = (t => t.erf(), Erf),
        ["gelu"] = (t => functional.gelu(t), x => x * (1 + Erf(x / Math.Sqrt(2))) / 2),
        ["gelu tanh"] = (t => functional.gelu(t, TorchSharp.Modules.GELU.Approximate.tanh), x => x / 2 * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)))),
        ["leaky_relu"] = (t => functional.leaky_relu(t, 0.1), x => x > 0 ? x : 0.1 * x),
        ["softplus"] = (t => functional.softplus(t), x => Math.Log(1 + Math.Exp(x))),
        ["clamp"] = (t => t.clamp(-1, 1.5), x => Math.Clamp(x, -1, 1.5)),
        ["remainder"] = (t => t % 0.7, x => x - Math.Floor(x / 0.7) * 0.7),
        ["3 - x"] = (t => 3 - t, x => 3 - x),
        ["2 / x"] = (t => 2.0 / t, x => 2 / x),
        ["floor division"] = (t => t.div(0.7, RoundingMode.floor), x => Math.Floor(x / 0.7)),
        ["pow"] = (t => t.pow(3), x => x * x * x),
    };

    private static readonly Dictionary<string, (Func<Tensor, Tensor> ours, Func<double, double> exact)> PositiveFunctions = new()
    {
        ["sqrt"] = (t => t.sqrt(), Math.Sqrt),
        ["rsqrt"] = (t => t.rsqrt(), x => 1 / Math.Sqrt(x)),
        ["log"] = (t => t.log(), Math.Log),
        ["log10"] = (t => t.log10(), Math.Log10),
        ["log2"] = (t => t.log2(), Math.Log2),
        ["log1p"] = (t => t.log1p(), x => Math.Log(1 + x)),
        ["x^0.3"] = (t => t.pow(0.3), x => Math.Pow(x, 0.3)),
        ["lgamma recurrence"] = (t => (t + 1).lgamma() - t.lgamma(), Math.Log),
        ["digamma recurrence"] = (t => (t + 1).digamma() - t.digamma(), x => 1 / x),
    };

    [Theory]
    [MemberData(nameof(Everywhere))]
    public void A_function_agrees_with_its_closed_form(string name)
    {
        var (ours, exact) = EverywhereFunctions[name];
        using var scope = NewDisposeScope();
        ours(tensor(Points)).ShouldBe([.. Points.Select(exact)], 1e-12);
        ours(tensor(Points).@float()).ShouldBe([.. Points.Select(x => exact((float)x))], 1e-5);
    }

    [Theory]
    [MemberData(nameof(OnlyPositive))]
    public void A_function_of_positive_numbers_agrees_with_its_closed_form(string name)
    {
        var (ours, exact) = PositiveFunctions[name];
        using var scope = NewDisposeScope();
        ours(tensor(Positive)).ShouldBe([.. Positive.Select(exact)], 1e-11);
    }

    [Fact]
    public void Trigamma_obeys_its_recurrence()
    {
        using var scope = NewDisposeScope();
        var t = tensor(Positive);
        // libtorch sums six terms of an asymptotic series from 6 on, which is good to 1e-10.
        (t.polygamma(1) - (t + 1).polygamma(1)).ShouldBe([.. Positive.Select(x => 1 / (x * x))], 1e-9);
    }

    [Fact]
    public void In_place_functions_change_the_tensor_and_return_it()
    {
        using var scope = NewDisposeScope();
        var t = tensor(new[] { 1.0, 4.0 });
        Assert.Same(t, t.sqrt_().mul_(3).add_(1).sub_(tensor(1.0)));
        t.ShouldBe([3, 6]);
        t.addcmul_(tensor(new[] { 1.0, 2.0 }), tensor(new[] { 5.0, 5.0 }), 0.1).ShouldBe([3.5, 7]);
        t.addcdiv_(tensor(new[] { 1.0, 2.0 }), tensor(new[] { 4.0, 4.0 }), -2).ShouldBe([3, 6]);
        t.add_(tensor(new[] { 1.0, 1.0 }), alpha: 10).ShouldBe([13, 16]);
        t.lerp_(zeros(2, float64), tensor(0.5)).ShouldBe([6.5, 8]);
    }

    [Fact]
    public void Comparisons_and_logic_are_element_by_element()
    {
        using var scope = NewDisposeScope();
        Tensor a = tensor(new[] { 1, 2, 3 }), b = tensor(new[] { 3, 2, 1 });
        (a == b).ShouldBe([0, 1, 0]);
        (a != b).ShouldBe([1, 0, 1]);
        (a < b).ShouldBe([1, 0, 0]);
        (a >= 2).ShouldBe([0, 1, 1]);
        ((a > 1) & (b > 1)).ShouldBe([0, 1, 0]);
        (~(a > 1)).ShouldBe([1, 0, 0]);
        Assert.True((a == a.clone()).all().ToBoolean());
        Assert.False(a.Equals(b));
        Assert.True(a.Equals(a.clone()));
    }

    [Fact]
    public void Not_a_number_is_found()
    {
        using var scope = NewDisposeScope();
        var t = tensor(new[] { 1, double.NaN, double.PositiveInfinity });
        t.isnan().ShouldBe([0, 1, 0]);
        t.isfinite().ShouldBe([1, 0, 0]);
        t.nan_to_num(7, posinf: 9).ShouldBe([1, 7, 9]);
    }

    /// <summary>The error function by its power series (Abramowitz and Stegun 7.1.5), exact enough below 4.</summary>
    private static double Erf(double x)
    {
        double term = x, sum = x;
        for (var n = 1; n < 200; n++)
        {
            term *= -x * x / n;
            sum += term / (2 * n + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * sum;
    }
}
