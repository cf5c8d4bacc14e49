using ScFm.Torch.Extras.Distributed;

namespace ScFm.Torch.Tests.Extras.Distributed;

public sealed class RendezvousTests
{
    [Theory]
    [InlineData(2, 2, "h", 1, 1, "Rank is 2; expected 0 to 1, as there are 2 ranks.")]
    [InlineData(-1, 2, "h", 1, 1, "Rank is -1; expected 0 to 1, as there are 2 ranks.")]
    [InlineData(0, 0, "h", 1, 1, "WorldSize is 0; expected 1 or more.")]
    [InlineData(0, 1, " ", 1, 1, "Host is ' '; expected the name or address of rank 0's machine.")]
    [InlineData(0, 1, "h", 0, 1, "Port is 0; expected 1 to 65535.")]
    [InlineData(0, 1, "h", 65536, 1, "Port is 65536; expected 1 to 65535.")]
    [InlineData(0, 1, "h", 1, 0, "Timeout is 00:00:00; expected more than 0 and at most a day.")]
    public void A_value_that_cannot_be_is_refused_by_name(int rank, int size, string host, int port, int seconds, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => new Rendezvous(rank, size, host, port, TimeSpan.FromSeconds(seconds)).Validate()).Message);
}
