using ScFm.Model.Cells;
using ScFm.Model.Molecules;
using ScFm.Model.Training;

namespace ScFm.Model.Tasks.DrugResponse;

/// <summary>A small screen whose answer is known, to learn and to test with; none of it was measured.</summary>
/// <remarks>
/// Response = mean + drug + cell line + interaction + noise. The drugs are small molecules; those with nitrogen act the more the higher a cell line's first feature is, all others the less. So drug and cell line
/// effects explain most, and what is left can be learnt from structure and features together alone.
/// </remarks>
public static class SimulatedResponses
{
    private const double DrugSpread = 2;
    private const double CellSpread = 0.5;
    private const double Noise = 0.2;
    private const int Features = 20;

    private static readonly string[] Molecules =
    [
        "CCO", "CCCCO", "c1ccccc1O", "CC(=O)O", "CCCl", "OCC=C", "CC(C)=O", "c1ccccc1", "C1CCCCC1", "OCC(O)CO", "CCOCC", "Cc1ccccc1O",
        "CCN", "c1ccncc1", "NCCCN", "CC(=O)N", "NC1CC1", "N#CC", "CN(C)C=O", "c1cc[nH]c1", "C1CCNCC1", "NCCO", "Nc1ccccc1", "CC(N)C(=O)O",
    ];

    private static readonly string[] CancerTypes = ["LUAD", "BRCA", "GBM"];

    /// <summary>Makes the screen: 24 drugs, every one in every cell line.</summary>
    /// <param name="cells">Number of cell lines, 6 or more. Default: 60.</param>
    /// <param name="interaction">How much the first feature changes a response, ln IC50 a standard deviation. Default: 1.5.</param>
    /// <param name="seed">The same seed makes the same screen. Default: 0.</param>
    public static ResponseInput Make(int cells = 60, double interaction = 1.5, int seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cells, 6);
        var normal = new MathNet.Numerics.Distributions.Normal(0, 1, Seeds.For(seed));
        double[] drugEffects = [.. Molecules.Select(_ => DrugSpread * normal.Sample())];
        double[] cellEffects = [.. Enumerable.Range(0, cells).Select(_ => CellSpread * normal.Sample())];
        var features = new DenseMatrix(cells, Features, [.. Enumerable.Range(0, cells * Features).Select(_ => (float)normal.Sample())]);
        var pairs = (from drug in Enumerable.Range(0, Molecules.Length)
                     from cell in Enumerable.Range(0, cells)
                     let sign = Molecules[drug].Contains('N', StringComparison.OrdinalIgnoreCase) ? -1 : 1
                     select (drug, cell, value: 1 + drugEffects[drug] + cellEffects[cell] + sign * interaction * features[cell, 0] + Noise * normal.Sample())).ToArray();
        string[] names = [.. Enumerable.Range(0, cells).Select(cell => $"line-{cell}")];
        var responses = new DrugResponses(
            Molecules, names, [.. names.Select((_, cell) => CancerTypes[cell % CancerTypes.Length])],
            [.. pairs.Select(pair => pair.drug)], [.. pairs.Select(pair => pair.cell)], [.. pairs.Select(pair => (float)pair.value)]);
        var problem = new ResponseProblem(responses, [.. Molecules.Select(smiles => AtomFeatures.Graph(Smiles.Parse(smiles)))], new CellFeatures("simulated", names, features));
        return ResponseInput.ByCancerType(problem);
    }
}
