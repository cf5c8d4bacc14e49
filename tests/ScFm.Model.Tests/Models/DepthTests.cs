using ScFm.Model.Models.ScFoundation;

namespace ScFm.Model.Tests.Models;

public sealed class DepthTests
{
    [Theory]
    [InlineData("t4", 3.5f, 4f)] // a total of 10^4, whatever the cell has
    [InlineData("t4.25", 0f, 4.25f)]
    [InlineData("f5", 3f, 3.69897f)] // 3 + log10 5
    [InlineData("f0.5", 3f, 2.69897f)]
    [InlineData("f1", 3.25f, 3.25f)]
    [InlineData("a1", 3f, 4f)] // ten times
    [InlineData("a-0.5", 3f, 2.5f)]
    [InlineData("a0", 3f, 3f)]
    [InlineData("t1e1", 3f, 10f)]
    public void The_token_T_is_what_the_text_asks_for(string text, float own, float target) => Assert.Equal(target, Depth.Parse(text).TargetOf(own), 5);

    [Fact]
    public void Depths_that_are_made_say_the_same_as_those_that_are_read()
    {
        Assert.Equal(Depth.Parse("t4"), Depth.Absolute(10_000));
        Assert.Equal(Depth.Parse("f5"), Depth.Fold(5));
        Assert.Equal(Depth.Parse("a1.5"), Depth.Added(1.5));
        Assert.Equal(3.25f, default(Depth).TargetOf(3.25f));
        Assert.Equal(["t4", "f2.5", "a-1", "own depth"], new[] { Depth.Absolute(1e4), Depth.Fold(2.5), Depth.Added(-1), default }.Select(d => d.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("t")]
    [InlineData("4")]
    [InlineData("x4")]
    [InlineData("T4")]
    [InlineData("t4,5")]
    [InlineData("tNaN")]
    [InlineData("aInfinity")]
    [InlineData("f five")]
    public void Other_texts_are_refused_with_what_is_allowed(string text) =>
        Assert.Equal($"The depth is '{text}'; expected t and a log10 total (t4), f and a multiple (f5), or a and what is added to the log10 total (a1).",
            Assert.Throws<FormatException>(() => Depth.Parse(text)).Message);

    [Theory]
    [InlineData("f0")]
    [InlineData("f-2")]
    public void A_multiple_that_is_not_above_zero_is_refused_in_the_same_way(string text) =>
        Assert.StartsWith($"The depth is '{text}'; expected ", Assert.Throws<FormatException>(() => Depth.Parse(text)).Message);

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Totals_and_multiples_are_above_zero(double value)
    {
        Assert.Contains("expected a number above 0.", Assert.Throws<ArgumentOutOfRangeException>(() => Depth.Absolute(value)).Message);
        Assert.Contains("expected a number above 0.", Assert.Throws<ArgumentOutOfRangeException>(() => Depth.Fold(value)).Message);
    }
}
