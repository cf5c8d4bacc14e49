using ScFm.Torch.Extras.Distributed;

namespace ScFm.Model.Launching;

/// <summary>Makes sure, before ranks work together, that they are about the same: versions, options, cells.</summary>
public static class RankAgreement
{
    /// <summary>Compares what each rank says; returns where all say the same.</summary>
    /// <remarks>Rank 0 reads what the others say and tells them what it found, so all refuse alike. A rank that still reads large files is waited for as long as in a collective.</remarks>
    /// <param name="group">The ranks; each calls this.</param>
    /// <param name="facts">What must be the same, in an order that is.</param>
    /// <exception cref="InvalidOperationException">A rank says something else than rank 0, and the message has the first difference and both values.</exception>
    /// <exception cref="RankLostException">A rank has ended; the message names it.</exception>
    /// <exception cref="TimeoutException">A rank said nothing; the message names it.</exception>
    public static void Require(ProcessGroup group, IEnumerable<RankFact> facts)
    {
        var refusal = RankQuestions.Ask(group, () => facts.ToArray(), all =>
            Enumerable.Range(1, all.Length - 1).Select(rank => Difference(all[0], rank, all[rank])).FirstOrDefault(found => found is not null));
        if (refusal is not null)
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
}
