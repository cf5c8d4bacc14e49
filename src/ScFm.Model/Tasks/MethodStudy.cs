namespace ScFm.Model.Tasks;

/// <summary>A comparison of methods, some of which are there for the others to be compared with.</summary>
public abstract record MethodStudy : ScoredStudy
{
    /// <summary>The methods, in the order of the tables.</summary>
    public abstract IReadOnlyList<string> Methods { get; }

    /// <summary>The known simple methods, which any other has to beat. Default: none are.</summary>
    public IReadOnlyList<string> Baselines { get; init; } = [];

    /// <summary>The methods that are no baselines.</summary>
    public IReadOnlyList<string> Learners => [.. Methods.Except(Baselines)];

    /// <summary>The names of those that are baselines.</summary>
    private protected static IReadOnlyList<string> BaselinesOf(IEnumerable<IComparedMethod> methods) => [.. methods.Where(method => method.IsBaseline).Select(method => method.Name)];

    /// <summary>Returns quietly where the study has the method.</summary>
    /// <exception cref="KeyNotFoundException">It has not.</exception>
    private protected void Require(string method)
    {
        if (!Methods.Contains(method))
        {
            throw new KeyNotFoundException($"The study has no method '{method}'; it has {string.Join(", ", Methods)}.");
        }
    }
}
