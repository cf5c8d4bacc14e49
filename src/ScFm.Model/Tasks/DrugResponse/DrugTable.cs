using ScFm.Model.Cells.Files;
using ScFm.Model.Molecules;

namespace ScFm.Model.Tasks.DrugResponse;

/// <summary>Drugs by name, each with its graph.</summary>
public sealed class DrugTable
{
    private readonly Dictionary<string, MoleculeGraph> graphs = [];

    /// <summary>Makes graphs of SMILES.</summary>
    /// <param name="drugs">Names, each once, and SMILES.</param>
    /// <exception cref="ArgumentException">A name comes twice.</exception>
    /// <exception cref="FormatException">A SMILES cannot be read; the message names the drug.</exception>
    public DrugTable(IEnumerable<(string Name, string Smiles)> drugs)
    {
        foreach (var (name, smiles) in drugs)
        {
            if (!graphs.TryAdd(name, Graph(name, smiles)))
            {
                throw new ArgumentException($"The drug '{name}' comes twice; expected distinct names.");
            }
        }
    }

    /// <summary>The drugs' names.</summary>
    public IReadOnlyCollection<string> Names => graphs.Keys;

    /// <summary>The graph of a drug.</summary>
    /// <exception cref="KeyNotFoundException">The drug is not known.</exception>
    public MoleculeGraph this[string name] => graphs.TryGetValue(name, out var graph) ? graph
        : throw new KeyNotFoundException($"The structure of the drug '{name}' is not known; there are {graphs.Count} with a SMILES{(graphs.Count > 0 ? $", such as '{graphs.Keys.First()}'" : "")}.");

    /// <summary>Reads a table with a header: the drug's name in the first column, its SMILES in the column named smiles.</summary>
    /// <param name="path">The file, .csv with commas, everything else with tabs.</param>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">There is no such column, a name comes twice or a SMILES cannot be read.</exception>
    public static DrugTable Read(string path)
    {
        var table = TextTable.Read(path);
        var column = table.Find("smiles");
        if (column < 1)
        {
            throw new InvalidDataException($"{path} has the columns {string.Join(", ", table.Header)}; expected the drug's name in the first and one named smiles.");
        }
        try
        {
            return new DrugTable(table.Rows.Select(row => (row[0], row[column])));
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            throw new InvalidDataException($"{path}: {error.Message}", error);
        }
    }

    private static MoleculeGraph Graph(string name, string smiles)
    {
        try
        {
            return AtomFeatures.Graph(Smiles.Parse(smiles));
        }
        catch (FormatException error)
        {
            throw new FormatException($"The drug '{name}' has no structure that can be read: {error.Message}", error);
        }
    }
}
