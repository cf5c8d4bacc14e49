using ScFm.Model.Cells;

namespace ScFm.Model.Tasks.DrugResponse;

/// <summary>How strongly drugs act on cell lines: the natural logarithm of the half-maximal inhibitory concentration (IC50, micromolar) of measured pairs.</summary>
public sealed class DrugResponses
{
    private readonly int[] drugOfPair;
    private readonly int[] cellOfPair;
    private readonly int[] screenOfPair;
    private readonly float[] values;
    private readonly IReadOnlyList<string>? titles;

    /// <summary>Checks and keeps the pairs.</summary>
    /// <param name="drugs">The drugs' names, each once.</param>
    /// <param name="cells">The cell lines' names, each once.</param>
    /// <param name="cancerTypes">The cancer type of each cell line; null where it is not known.</param>
    /// <param name="drugOfPair">Which drug each pair has.</param>
    /// <param name="cellOfPair">Which cell line each pair has. A pair may have been measured more than once.</param>
    /// <param name="values">The logarithm of each pair's IC50, finite.</param>
    /// <param name="screenOfPair">Which screen each pair was measured in, from 0: a drug that was screened more than once has several, each with its own conditions. Default: one a drug.</param>
    /// <exception cref="ArgumentException">A name comes twice, lengths differ, or a value is not finite.</exception>
    public DrugResponses(IReadOnlyList<string> drugs, IReadOnlyList<string> cells, IReadOnlyList<string?> cancerTypes, int[] drugOfPair, int[] cellOfPair, float[] values, int[]? screenOfPair = null)
    {
        RequireDistinct(drugs, "drugs");
        RequireDistinct(cells, "cell lines");
        screenOfPair ??= drugOfPair;
        if (cancerTypes.Count != cells.Count || drugOfPair.Length != values.Length || cellOfPair.Length != values.Length || screenOfPair.Length != values.Length)
        {
            throw new ArgumentException(
                $"There are {cells.Count} cell lines with {cancerTypes.Count} cancer types, and {values.Length} values of {drugOfPair.Length} drugs in {cellOfPair.Length} cell lines; expected as many of each.");
        }
        for (var pair = 0; pair < values.Length; pair++)
        {
            if (!float.IsFinite(values[pair]))
            {
                throw new ArgumentException($"The logarithm of the IC50 of '{drugs[drugOfPair[pair]]}' in '{cells[cellOfPair[pair]]}' is {values[pair]}; expected a finite number.", nameof(values));
            }
        }
        (Drugs, Cells, CancerTypes) = (drugs, cells, cancerTypes);
        (this.drugOfPair, this.cellOfPair, this.values, this.screenOfPair) = (drugOfPair, cellOfPair, values, screenOfPair);
        ScreenCount = values.Length == 0 ? 0 : screenOfPair.Max() + 1;
    }

    /// <summary>The drugs' names.</summary>
    public IReadOnlyList<string> Drugs { get; }

    /// <summary>What people call the drugs where their names are numbers, one a drug. Default: their names.</summary>
    /// <exception cref="ArgumentException">There is another number of them than of drugs.</exception>
    public IReadOnlyList<string> Titles
    {
        get => titles ?? Drugs;
        init => titles = value.Count == Drugs.Count ? value : throw new ArgumentException($"{value.Count} titles of drugs were given; expected {Drugs.Count}, one a drug.", nameof(value));
    }

    /// <summary>The cell lines' names.</summary>
    public IReadOnlyList<string> Cells { get; }

    /// <summary>The cancer type of each cell line; null where it is not known.</summary>
    public IReadOnlyList<string?> CancerTypes { get; }

    /// <summary>Number of measured pairs.</summary>
    public int Count => values.Length;

    /// <summary>Which drug each pair has.</summary>
    public ReadOnlySpan<int> DrugOfPair => drugOfPair;

    /// <summary>Which cell line each pair has.</summary>
    public ReadOnlySpan<int> CellOfPair => cellOfPair;

    /// <summary>Which screen each pair was measured in.</summary>
    public ReadOnlySpan<int> ScreenOfPair => screenOfPair;

    /// <summary>Number of screens; more than drugs where some were screened again.</summary>
    public int ScreenCount { get; }

    /// <summary>The natural logarithm of each pair's IC50 in micromolar.</summary>
    public ReadOnlySpan<float> Values => values;

    /// <summary>The values of some pairs.</summary>
    public float[] ValuesOf(ReadOnlySpan<int> pairs)
    {
        var chosen = new float[pairs.Length];
        for (var i = 0; i < chosen.Length; i++)
        {
            chosen[i] = values[pairs[i]];
        }
        return chosen;
    }

    /// <summary>A drug's place.</summary>
    /// <param name="name">Its name as it stands, since in a SMILES the case is chemistry, or its title in any case.</param>
    /// <exception cref="KeyNotFoundException">No drug is called so.</exception>
    public int DrugNamed(string name) => Find(drug => Drugs[drug] == name) ?? Find(drug => Titles[drug] != Drugs[drug] && string.Equals(Titles[drug], name, StringComparison.OrdinalIgnoreCase))
        ?? throw new KeyNotFoundException($"There is no drug '{name}'; there are {Drugs.Count}, such as '{Titles[0]}'.");

    /// <summary>The pairs of a drug.</summary>
    public int[] PairsOfDrug(int drug) => [.. Enumerable.Range(0, Count).Where(pair => drugOfPair[pair] == drug)];

    /// <summary>Changes with any pair or name.</summary>
    public string Identity => Fingerprint.Of(hash => hash
        .Add([.. Drugs]).Add([.. Cells]).Add([.. CancerTypes]).Add<int>(drugOfPair).Add<int>(cellOfPair).Add<int>(screenOfPair).Add<float>(values));

    private int? Find(Func<int, bool> isMeant) => Enumerable.Range(0, Drugs.Count).Where(isMeant).Select(drug => (int?)drug).FirstOrDefault();

    private static void RequireDistinct(IReadOnlyList<string> names, string what)
    {
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Two {what} are named '{twice.Key}'; expected distinct names.");
        }
    }
}
