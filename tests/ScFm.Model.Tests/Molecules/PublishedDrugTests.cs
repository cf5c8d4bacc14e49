using ScFm.Model.Molecules;
using ScFm.Model.Tables;
using ScFm.Model.Tasks.DrugResponse;

namespace ScFm.Model.Tests.Molecules;

/// <summary>The published drugs, made anew from their SMILES.</summary>
public sealed class PublishedDrugTests
{
    [Fact]
    public void The_smiles_of_every_published_drug_gives_its_published_adjacency_and_features()
    {
        var folder = TestFolders.Real("deepcdr");
        var published = DrugGraphFile.Read(Path.Combine(folder, "drug_graphs.npz"));
        var table = TableFile.Read(Path.Combine(folder, "drug_smiles.tsv"));
        var smiles = Enumerable.Range(0, table.RowCount).ToDictionary(row => Convert.ToString(table["pubchem_cid"][row], System.Globalization.CultureInfo.InvariantCulture)!, row => (string)table["smiles"][row]!);
        Assert.Equal(223, published.Count);
        var (bonds, features) = (new List<string>(), new List<string>());
        foreach (var (name, graph) in published)
        {
            var made = AtomFeatures.Graph(Smiles.Parse(smiles[name]));
            if (made.Atoms != graph.Atoms || !Pairs(made).SetEquals(Pairs(graph)))
            {
                bonds.Add($"{name} {smiles[name]}");
                continue;
            }
            for (var atom = 0; atom < graph.Atoms; atom++)
            {
                var wrong = Enumerable.Range(0, AtomFeatures.Count).Where(feature => made.Features[atom, feature] != graph.Features[atom, feature]).ToArray();
                if (wrong.Length > 0)
                {
                    features.Add($"{name} {smiles[name]}: atom {atom}, {string.Join(", ", wrong.Select(feature => $"{feature} is {made.Features[atom, feature]} and not {graph.Features[atom, feature]}"))}");
                }
            }
        }
        Assert.True(bonds.Count == 0, $"{bonds.Count} drugs have other bonds:\n{string.Join('\n', bonds)}");
        Assert.True(features.Count == 0, $"{features.Count} atoms have other features:\n{string.Join('\n', features)}");
    }

    private static HashSet<(int, int)> Pairs(MoleculeGraph graph) => [.. graph.Bonds.Select(bond => (Math.Min(bond.First, bond.Second), Math.Max(bond.First, bond.Second)))];
}
