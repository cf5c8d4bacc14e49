namespace ScFm.Torch.Tests.Tensors;

public sealed class RandomTests
{
    [Fact]
    public void The_same_seed_gives_the_same_numbers()
    {
        using var scope = NewDisposeScope();
        using var first = new Generator(42);
        using var second = new Generator(42);
        Assert.True(rand(5, generator: first).Equals(rand(5, generator: second)));
        Assert.True(randperm(9, generator: first).Equals(randperm(9, generator: second)));
        Assert.False(rand(5, generator: first).Equals(rand(5, generator: first)));
        manual_seed(7);
        var a = randn(4);
        manual_seed(7);
        Assert.True(a.Equals(randn(4)));
    }

    [Fact]
    public void A_state_can_be_taken_and_set_again()
    {
        using var scope = NewDisposeScope();
        var state = torch.random.get_rng_state();
        var a = randn(4);
        torch.random.set_rng_state(state);
        Assert.True(a.Equals(randn(4)));
    }

    [Fact]
    public void Moments_are_those_of_the_distributions()
    {
        using var scope = NewDisposeScope();
        using var g = new Generator(1);
        const long n = 200_000;
        // Six standard errors, with a fixed seed.
        Near(randn(n, generator: g), 0, 1);
        Near(rand(n, generator: g), 0.5, 1 / Math.Sqrt(12));
        Near(full(n, 0.3).bernoulli(g), 0.3, Math.Sqrt(0.21));
        Near(full(n, 4.0).poisson(g), 4, 2);
        Near(zeros(n).exponential_(2, g), 0.5, 0.5);
        Near(full(n, 10.0).binomial(full(n, 0.2), g), 2, Math.Sqrt(1.6));
        Near(zeros(n).normal_(3, 2, g), 3, 2);
        Near(tensor(new[] { 1.0, 3 }).multinomial(n, replacement: true, generator: g).@float(), 0.75, Math.Sqrt(0.1875));
        randperm(50, generator: g).sort().Values.ShouldBe([.. Enumerable.Range(0, 50).Select(i => (double)i)]);
        var integers = randint(3, 7, [n], generator: g);
        Assert.Equal((3, 6), (integers.min().ToInt32(), integers.max().ToInt32()));

        static void Near(Tensor sample, double mean, double std)
        {
            var root = Math.Sqrt(sample.numel());
            Assert.InRange(sample.mean().ToDouble(), mean - 6 * std / root, mean + 6 * std / root);
            Assert.InRange(sample.std().ToDouble(), 0.97 * std, 1.03 * std);
        }
    }
}
