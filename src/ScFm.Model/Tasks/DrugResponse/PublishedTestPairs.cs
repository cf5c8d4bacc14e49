namespace ScFm.Model.Tasks.DrugResponse;

/// <summary>Finds the pairs behind a list of true values that a publication gives without names.</summary>
/// <remarks>
/// The published split goes through the cancer types in a fixed order, and through the pairs of a type in the order of the table. So values are not only matched: a value that several pairs share is that
/// of the one between its neighbours. Of 4,729 values this leaves one that is not clear, where matching alone leaves 134.
/// </remarks>
public static class PublishedTestPairs
{
    /// <summary>The cancer types of the published split, in its order.</summary>
    public static IReadOnlyList<string> CancerTypes { get; } =
    [
        "ALL", "BLCA", "BRCA", "CESC", "DLBC", "LIHC", "LUAD", "ESCA", "GBM", "HNSC", "KIRC", "LAML", "LCML", "LGG", "LUSC", "MESO", "MM", "NB", "OV", "PAAD", "SCLC", "SKCM", "STAD", "THCA", "COAD/READ",
    ];

    /// <summary>Finds the pairs.</summary>
    /// <param name="responses">The pairs, in the order of the table.</param>
    /// <param name="values">The true values, in the order of the publication.</param>
    /// <returns>The pair of each value; -1 where several are possible.</returns>
    /// <exception cref="InvalidDataException">A value belongs to no pair that could stand there.</exception>
    public static int[] Find(DrugResponses responses, ReadOnlySpan<float> values)
    {
        int[] ordered = [.. Ordered(responses)];
        var places = new Dictionary<float, List<int>>();
        for (var place = 0; place < ordered.Length; place++)
        {
            var value = responses.Values[ordered[place]];
            if (!places.TryGetValue(value, out var same))
            {
                places[value] = same = [];
            }
            same.Add(place);
        }
        // the earliest place each value may have, going forwards, and the latest, going backwards
        var (earliest, latest) = (new int[values.Length], new int[values.Length]);
        for (var (i, after) = (0, -1); i < values.Length; i++)
        {
            after = earliest[i] = Possible(places, values[i], i).FirstOrDefault(place => place > after, -1);
            Require(after >= 0, values[i], i);
        }
        for (var (i, before) = (values.Length - 1, int.MaxValue); i >= 0; i--)
        {
            before = latest[i] = Possible(places, values[i], i).LastOrDefault(place => place < before, -1);
            Require(before >= 0, values[i], i);
        }
        return [.. earliest.Zip(latest, (first, last) => first == last ? ordered[first] : -1)];
    }

    /// <summary>The pairs the published split knows, in its order.</summary>
    public static IEnumerable<int> Ordered(DrugResponses responses)
    {
        var rank = CancerTypes.Select((type, i) => (type, i)).ToDictionary(type => type.type, type => type.i);
        return Enumerable.Range(0, responses.Count)
            .Select(pair => (pair, Rank: responses.CancerTypes[responses.CellOfPair[pair]] is { } type && rank.TryGetValue(type, out var found) ? found : -1))
            .Where(pair => pair.Rank >= 0).OrderBy(pair => pair.Rank).Select(pair => pair.pair);
    }

    private static List<int> Possible(Dictionary<float, List<int>> places, float value, int at)
    {
        Require(places.ContainsKey(value), value, at);
        return places[value];
    }

    private static void Require(bool found, float value, int at)
    {
        if (!found)
        {
            throw new InvalidDataException($"The published value {at}, {value}, is that of no pair that could stand there; expected values of this table in the order of the published split.");
        }
    }
}
