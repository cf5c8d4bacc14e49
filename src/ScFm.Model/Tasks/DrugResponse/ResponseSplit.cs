using ScFm.Model.Cells;
using ScFm.Model.Training;

namespace ScFm.Model.Tasks.DrugResponse;

/// <summary>Pairs told apart into those to train on, to choose the epoch by, and to score.</summary>
/// <param name="Name">What the split is called.</param>
/// <param name="Training">Pairs to train on, ascending.</param>
/// <param name="Validation">Pairs to choose settings by, ascending.</param>
/// <param name="Test">Pairs that are scored, in the order of the scores.</param>
public sealed record ResponseSplit(string Name, int[] Training, int[] Validation, int[] Test)
{
    private const long Purpose = 0x4443; // a stream of its own

    /// <summary>The usual share of the pairs that are not scored.</summary>
    public const double ValidationShare = 0.05;

    /// <summary>The usual share of the pairs that are scored.</summary>
    public const double ScoredShare = 0.2;

    /// <summary>Scores given pairs, validates on some of the others and trains on the rest.</summary>
    /// <param name="name">What the split is called.</param>
    /// <param name="available">Pairs to train and to validate on; those that are scored are taken out.</param>
    /// <param name="test">Pairs that are scored.</param>
    /// <param name="seed">Draws the pairs to validate on. Default: 0.</param>
    /// <param name="share">Their share. Default: 0.05.</param>
    /// <exception cref="ArgumentException">Nothing is left to train or to validate on, or nothing to score.</exception>
    public static ResponseSplit Of(string name, IEnumerable<int> available, int[] test, int seed = 0, double share = ValidationShare)
    {
        int[] others = [.. available.Except(test).Order()];
        var validation = (int)Math.Round(others.Length * share);
        if (test.Length == 0 || validation == 0 || validation == others.Length)
        {
            throw new ArgumentException($"The split '{name}' has {others.Length - validation} pairs to train on, {validation} to validate on and {test.Length} to score; expected at least one of each.");
        }
        Seeds.For(seed, Purpose).Shuffle(others);
        return new ResponseSplit(name, [.. others[validation..].Order()], [.. others[..validation].Order()], test);
    }

    /// <summary>Scores a share of the pairs of each cancer type; pairs whose type is not known are left out.</summary>
    /// <remarks>The published split draws so too, but measurements one by one: where a drug was screened twice, it may train on one and score the other. Here all of a drug in a cell line stay together.</remarks>
    /// <param name="responses">The pairs.</param>
    /// <param name="share">The share that is scored, above 0 and below 1. Default: 0.2; published: 0.05.</param>
    /// <param name="seed">Draws. Default: 0.</param>
    /// <exception cref="ArgumentException">There is too little of something.</exception>
    public static ResponseSplit ByCancerType(DrugResponses responses, double share = ScoredShare, int seed = 0)
    {
        int[] typed = [.. Enumerable.Range(0, responses.Count).Where(pair => responses.CancerTypes[responses.CellOfPair[pair]] is not null)];
        var test = new List<int>();
        foreach (var (type, rank) in typed.GroupBy(pair => responses.CancerTypes[responses.CellOfPair[pair]]).OrderBy(type => type.Key, StringComparer.Ordinal).Select((type, rank) => (type, rank)))
        {
            // drug and cell line are drawn and not their measurements: of a drug that was screened twice, neither tells the other
            int[][] measured = [.. type.GroupBy(pair => (responses.DrugOfPair[pair], responses.CellOfPair[pair])).Select(same => same.ToArray())];
            Seeds.For(seed, Purpose, rank).Shuffle(measured);
            test.AddRange(measured.Take((int)Math.Round(measured.Length * share)).SelectMany(same => same));
        }
        return Of("by cancer type", typed, [.. test.Order()], seed);
    }

    /// <summary>Scores all pairs of one drug, of which nothing is trained on.</summary>
    /// <param name="responses">The pairs.</param>
    /// <param name="drug">The drug's name, or what else it is called.</param>
    /// <param name="seed">Draws the pairs to validate on. Default: 0.</param>
    /// <exception cref="KeyNotFoundException">There is no such drug.</exception>
    public static ResponseSplit WithoutDrug(DrugResponses responses, string drug, int seed = 0)
    {
        var place = responses.DrugNamed(drug);
        return Of($"without {responses.Titles[place]}", Enumerable.Range(0, responses.Count), responses.PairsOfDrug(place), seed);
    }

    /// <summary>Changes with any pair.</summary>
    public string Identity => Fingerprint.Of(hash => hash.Add(Name).Add<int>(Training).Add<int>(Validation).Add<int>(Test));
}
