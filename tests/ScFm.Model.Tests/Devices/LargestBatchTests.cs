using ScFm.Model.Devices;

namespace ScFm.Model.Tests.Devices;

public sealed class LargestBatchTests
{
    [Theory]
    [InlineData(100, 100, 100)]
    [InlineData(100, 99, 99)]
    [InlineData(1, 50, 1)]
    [InlineData(64, 1, 1)]
    [InlineData(64, 0, 0)]
    [InlineData(1000, 5, 5)]
    public void No_number_is_tried_twice_and_the_answer_is_near_the_best(int most, int allowed, int best)
    {
        var tried = new List<int>();
        var found = LargestBatch.Find(most, allowed, number =>
        {
            tried.Add(number);
            return number;
        });
        Assert.InRange(found, best - best / 16, best);
        Assert.Equal(tried.Count, tried.Distinct().Count());
        Assert.All(tried, number => Assert.InRange(number, 1, most));
        Assert.True(tried.Count <= 12, string.Join(' ', tried));
    }

    [Fact]
    public void Memory_that_is_not_there_counts_as_too_much()
    {
        var found = LargestBatch.Find(4096, long.MaxValue, number => number > 77 ? null : number);
        Assert.InRange(found, 73, 77);
    }

    [Theory]
    [InlineData("8GiB", 8L << 30)]
    [InlineData("1.5 GiB", 3L << 29)]
    [InlineData("512m", 512L << 20)]
    [InlineData("2GB", 2L << 30)]
    [InlineData("1000", 1000)]
    [InlineData("7B", 7)]
    public void Amounts_of_memory_are_read(string text, long bytes) => Assert.Equal(bytes, ByteSize.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("much")]
    [InlineData("-1GiB")]
    [InlineData("0")]
    [InlineData("1e30GiB")]
    [InlineData("99999999999999999999T")]
    public void What_is_no_amount_of_memory_is_refused(string text) =>
        Assert.Equal($"'{text}' is no amount of memory; expected one such as 8GiB, 512MiB or 1.5GiB.", Assert.Throws<ArgumentException>(() => ByteSize.Parse(text)).Message);

    [Fact]
    public void Amounts_of_memory_are_written_in_the_unit_that_suits()
    {
        Assert.Equal(["12 B", "1.5 KiB", "3.2 GiB", "141 GiB"], new[] { 12L, 1536L, (long)(3.2 * (1L << 30)), 141L << 30 }.Select(ByteSize.Text));
    }
}
