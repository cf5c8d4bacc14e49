using System.Text.Json;
using ScFm.Torch.Extras.Distributed;

namespace ScFm.Model.Launching;

/// <summary>Makes sure, before ranks work together, that they are about the same: versions, options, cells.</summary>
public static class RankAgreement
{
    private const string Agreed = "";
    private static readonly TimeSpan timeout = TimeSpan.FromMinutes(30); // others may still be reading large files

    /// <summary>Compares what each rank says; returns where all say the same.</summary>
    /// <remarks>Rank 0 reads what the others say and tells them what it found, so all refuse alike.</remarks>
    /// <param name="ranks">The ranks; each calls this.</param>
    /// <param name="about">What the facts are about; a group agrees on each once.</param>
    /// <param name="facts">What must be the same, in an order that is.</param>
    /// <exception cref="InvalidOperationException">A rank says something else than rank 0; the message has the first difference and both values.</exception>
    /// <exception cref="TimeoutException">A rank said nothing.</exception>
    public static void Require(ProcessGroup ranks, string about, IEnumerable<RankFact> facts)
    {
        RankFact[] own = [.. facts];
        ranks.Put(Key(about, ranks.Rank), JsonSerializer.SerializeToUtf8Bytes(own));
        var verdict = $"agreed/{about}";
        if (ranks.Rank == 0)
        {
            var difference = Enumerable.Range(1, ranks.Size - 1)
                .Select(rank => Difference(own, rank, JsonSerializer.Deserialize<RankFact[]>(ranks.Take(Key(about, rank), timeout))!))
                .FirstOrDefault(found => found is not null);
            ranks.Put(verdict, JsonSerializer.SerializeToUtf8Bytes(difference ?? Agreed));
        }
        if (JsonSerializer.Deserialize<string>(ranks.Take(verdict, timeout)) is { Length: > 0 } refusal)
        {
            throw new InvalidOperationException(refusal);
        }
    }

    /// <summary>The first difference between rank 0 and another, in one sentence; null where there is none.</summary>
    internal static string? Difference(IReadOnlyList<RankFact> first, int rank, IReadOnlyList<RankFact> other)
    {
        foreach (var (one, two) in first.Zip(other))
        {
            if (one.Name != two.Name)
            {
                return $"Rank 0 says '{one.Name}' where rank {rank} says '{two.Name}'; expected the same program on all ranks.";
            }
            if (one.Value != two.Value)
            {
                return $"{one.Name} is '{one.Value}' on rank 0 and '{two.Value}' on rank {rank}; expected the same on all ranks.";
            }
        }
        return first.Count == other.Count ? null : $"Rank 0 names {first.Count} things to agree on and rank {rank} {other.Count}; expected the same program on all ranks.";
    }

    private static string Key(string about, int rank) => FormattableString.Invariant($"agreed/{about}/{rank}");
}
