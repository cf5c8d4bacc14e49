using ScFm.Model.Cells;
using ScFm.Model.Models.DeepCdr;
using ScFm.Model.Molecules;

namespace ScFm.Model.Tasks.DrugResponse;

/// <summary>All that a method may look at: measured pairs, the drugs' graphs and what is known of the cell lines.</summary>
public sealed class ResponseProblem
{
    /// <summary>Brings the parts together by name.</summary>
    /// <param name="responses">The pairs.</param>
    /// <param name="graphs">One graph a drug, in the order of the pairs' drugs.</param>
    /// <param name="tables">Tables of cell lines; each has every cell line of the pairs.</param>
    /// <exception cref="ArgumentException">There is no table, or another number of graphs than of drugs.</exception>
    /// <exception cref="KeyNotFoundException">A table lacks a cell line.</exception>
    public ResponseProblem(DrugResponses responses, IReadOnlyList<MoleculeGraph> graphs, params IReadOnlyList<CellFeatures> tables)
    {
        if (graphs.Count != responses.Drugs.Count || tables.Count == 0)
        {
            throw new ArgumentException($"There are {graphs.Count} graphs for {responses.Drugs.Count} drugs, and {tables.Count} tables of cell lines; expected a graph a drug and at least one table.");
        }
        (Responses, Graphs) = (responses, graphs);
        Tables = [.. tables.Select(table => (table.Name, table.Of(responses.Cells)))];
    }

    /// <summary>The measured pairs.</summary>
    public DrugResponses Responses { get; }

    /// <summary>One graph a drug.</summary>
    public IReadOnlyList<MoleculeGraph> Graphs { get; }

    /// <summary>What is known of the cell lines, a row each in the order of the pairs' cell lines.</summary>
    public IReadOnlyList<(string Name, DenseMatrix Values)> Tables { get; }

    /// <summary>The drugs' graphs for a network of some shape.</summary>
    public DrugGraphs GraphsFor(DeepCdrConfig config) => new(Responses.Drugs, Graphs, config with { AtomFeatures = Graphs[0].Features.Columns });

    /// <summary>Some of the pairs, as a network takes them.</summary>
    public ResponsePairs Pairs(int[] pairs) => new(
        Array.ConvertAll(pairs, pair => Responses.DrugOfPair[pair]), Array.ConvertAll(pairs, pair => Responses.CellOfPair[pair]), Responses.ValuesOf(pairs));

    /// <summary>Changes with anything in it.</summary>
    public string Identity => Fingerprint.Of(hash =>
    {
        hash.Add(Responses.Identity);
        foreach (var (name, values) in Tables)
        {
            hash.Add(name).Add<float>(values.Values);
        }
        foreach (var graph in Graphs)
        {
            hash.Add<float>(graph.Features.Values).Add<int>([.. graph.Bonds.SelectMany(bond => (int[])[bond.First, bond.Second])]);
        }
    });
}
