namespace ScFm.Model.Nn;

/// <summary>Makes <see cref="WeightedSums"/> term by term.</summary>
internal sealed class WeightedSumsBuilder
{
    private readonly List<int> offsets = [0];
    private readonly List<int> places = [];
    private readonly List<float> weights = [];

    /// <summary>Adds a term to the sum under way.</summary>
    public void Add(int place, float weight)
    {
        places.Add(place);
        weights.Add(weight);
    }

    /// <summary>Ends the sum under way.</summary>
    public void EndRow() => offsets.Add(places.Count);

    /// <summary>The sums.</summary>
    /// <param name="columns">Rows of the matrix that is summed.</param>
    public WeightedSums Build(int columns) => new(columns, [.. offsets], [.. places], [.. weights]);
}
