using ScFm.Model.Tasks;

namespace ScFm.Model.Tests.Tasks;

public sealed class PowerLawTests
{
    private static (double, double)[] Points(PowerLaw law, double noise = 0)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, 25).Select(i => Math.Pow(10, 11 + i * 0.15)).Select(c => (c, law.At(c) * (1 + noise * (2 * random.NextDouble() - 1))))];
    }

    [Theory]
    [InlineData(40, 0.15, 0.3)]
    [InlineData(7, 0.05, 0)]
    [InlineData(900, 0.3, 0.02)]
    [InlineData(2, 0.02, 0.5)]
    public void A_known_law_is_found_again(double scale, double exponent, double floor)
    {
        var law = new PowerLaw(scale, exponent, floor);
        var found = PowerLaw.Fit(Points(law));
        Assert.Equal(exponent, found.Exponent, exponent * 0.01);
        Assert.Equal(floor, found.Floor, 0.005);
        Assert.Equal(law.At(1e16), found.At(1e16), law.At(1e16) * 0.005);
    }

    [Fact]
    public void A_law_without_a_floor_is_found_exactly()
    {
        var found = PowerLaw.Fit(Points(new PowerLaw(12, 0.11, 0)), withFloor: false);
        Assert.Equal((12, 0.11, 0.0), (Math.Round(found.Scale, 8), Math.Round(found.Exponent, 10), found.Floor));
    }

    [Fact]
    public void Noise_of_a_percent_leaves_the_law_near_and_no_worse_than_the_true_one()
    {
        var law = new PowerLaw(40, 0.15, 0.3);
        var points = Points(law, noise: 0.01);
        var found = PowerLaw.Fit(points);
        Assert.True(found.Error(points) <= law.Error(points));
        Assert.Equal(0.15, found.Exponent, 0.04);
        Assert.True(found.Error(points) < PowerLaw.Fit(points, withFloor: false).Error(points));
    }

    [Fact]
    public void Too_few_points_and_losses_of_zero_are_named()
    {
        Assert.StartsWith("There are losses at 1 numbers of operations; expected at least 2", Assert.Throws<ArgumentException>(() => PowerLaw.Fit([(1e9, 1), (1e9, 2)], withFloor: false)).Message);
        Assert.StartsWith("A point's operations or loss is not above 0", Assert.Throws<ArgumentException>(() => PowerLaw.Fit([(1e9, 1), (2e9, 0), (3e9, 1)])).Message);
    }

    [Fact]
    public void It_says_its_parameters() => Assert.Equal("L(C) = 3.21 C^-0.081 + 0.5", new PowerLaw(3.21, 0.081, 0.5).ToString());
}
