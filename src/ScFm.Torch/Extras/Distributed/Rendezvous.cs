namespace ScFm.Torch.Extras.Distributed;

/// <summary>Where the ranks of a run meet, and which of them this process is.</summary>
/// <param name="Rank">This process's number, 0 to below <paramref name="WorldSize"/>.</param>
/// <param name="WorldSize">Number of ranks, 1 or more.</param>
/// <param name="Host">Name or address of rank 0's machine, as every rank reaches it.</param>
/// <param name="Port">Port on that machine where rank 0 listens, 1 to 65,535.</param>
/// <param name="Timeout">How long the ranks wait for each other: at the start, and in every collective.</param>
public sealed record Rendezvous(int Rank, int WorldSize, string Host, int Port, TimeSpan Timeout)
{
    /// <summary>This, where its values are possible.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names it, the value and what is allowed.</exception>
    public Rendezvous Validate()
    {
        Require(WorldSize >= 1, nameof(WorldSize), WorldSize, "1 or more");
        Require(Rank >= 0 && Rank < WorldSize, nameof(Rank), Rank, $"0 to {WorldSize - 1}, as there are {WorldSize} ranks");
        Require(!string.IsNullOrWhiteSpace(Host), nameof(Host), $"'{Host}'", "the name or address of rank 0's machine");
        Require(Port is >= 1 and <= ushort.MaxValue, nameof(Port), Port, $"1 to {ushort.MaxValue}");
        Require(Timeout > TimeSpan.Zero && Timeout <= TimeSpan.FromDays(1), nameof(Timeout), Timeout, "more than 0 and at most a day");
        return this;
    }

    private static void Require(bool isSo, string name, object value, string expected)
    {
        if (!isSo) throw new ArgumentException($"{name} is {value}; expected {expected}.");
    }
}
