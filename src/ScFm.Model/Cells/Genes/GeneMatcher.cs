namespace ScFm.Model.Cells;

/// <summary>Finds a gene's place in a vocabulary.</summary>
internal sealed class GeneMatcher
{
    private readonly GeneVocabulary vocabulary;
    private readonly GeneAliases aliases;
    private readonly Dictionary<string, int> placeOfId = new(StringComparer.Ordinal);

    internal GeneMatcher(GeneVocabulary vocabulary, GeneAliases aliases)
    {
        (this.vocabulary, this.aliases) = (vocabulary, aliases);
        for (var i = 0; i < vocabulary.Count; i++)
        {
            if (vocabulary.Ids?[i] is { } id)
            {
                placeOfId.TryAdd(GeneAliases.StripVersion(id), i);
            }
        }
    }

    /// <summary>The place by the gene's own name or id.</summary>
    internal (int Place, GeneMatch Match) Own(string name, string? id)
    {
        if (vocabulary.IndexOf(name) is >= 0 and var place)
        {
            return (place, GeneMatch.Direct);
        }
        foreach (var own in (ReadOnlySpan<string?>)[name, id])
        {
            if (own is not null && GeneAliases.IsEnsembl(own) && PlaceOfId(GeneAliases.StripVersion(own)) is >= 0 and var byId)
            {
                return (byId, GeneMatch.EnsemblId);
            }
        }
        return (-1, GeneMatch.Unknown);
    }

    /// <summary>The place by another name.</summary>
    /// <param name="name">The gene's name.</param>
    /// <param name="id">The gene's id, if it has one.</param>
    /// <param name="present">The genes of the vocabulary that the data have under their own names.</param>
    /// <param name="reachable">Gets true for every gene that the aliases lead to.</param>
    internal (int Place, GeneMatch Match) Alias(string name, string? id, bool[] present, bool[] reachable)
    {
        var (chosen, match) = (-1, GeneMatch.Unknown);
        foreach (var own in (ReadOnlySpan<string?>)[name, id])
        {
            foreach (var other in own is null ? [] : aliases.NamesOf(GeneAliases.StripVersion(own)))
            {
                var place = vocabulary.IndexOf(other) is >= 0 and var byName ? byName : PlaceOfId(other);
                if (place < 0)
                {
                    continue;
                }
                reachable[place] = true;
                if (chosen < 0)
                {
                    (chosen, match) = present[place] ? (-1, GeneMatch.AliasOfPresent) : (place, GeneMatch.Alias);
                }
            }
        }
        return (chosen, match);
    }

    private int PlaceOfId(string id) => placeOfId.TryGetValue(id, out var place) ? place : vocabulary.IndexOf(id);
}
