using ScFm.Model.Cells;
using ScFm.Model.Cells.Files;
using ScFm.Model.Molecules;

namespace ScFm.Model.Tasks.DrugResponse;

/// <summary>Reads drugs' graphs from one NumPy archive.</summary>
/// <remarks>
/// Of drug k: its name pubchem_cid[k], its atoms the rows atom_offset[k] to atom_offset[k + 1] of atom_features, its bonds the rows edge_offset[k] to edge_offset[k + 1] of edges, each bond in both directions.
/// </remarks>
public static class DrugGraphFile
{
    private const string Expected = "pubchem_cid, atom_offset, atom_features, edge_offset and edges";

    /// <summary>Reads the graphs.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Each drug's name and graph, in the order of the file.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or holds something else.</exception>
    public static IReadOnlyList<(string Name, MoleculeGraph Graph)> Read(string path)
    {
        try
        {
            using var archive = new NumpyArchive(path, Expected);
            var names = archive["pubchem_cid"].To(Convert.ToInt64);
            var (atomOffsets, edgeOffsets) = (archive["atom_offset"].To(Convert.ToInt32), archive["edge_offset"].To(Convert.ToInt32));
            var features = archive["atom_features"];
            var matrix = new DenseMatrix(features.Shape[0], features.Shape[1], features.To(Convert.ToSingle));
            var edges = archive["edges"].To(Convert.ToInt32);
            return [.. names.Select((name, drug) => (name.ToString(System.Globalization.CultureInfo.InvariantCulture), Graph(drug)))];

            MoleculeGraph Graph(int drug)
            {
                int[] atoms = [.. Enumerable.Range(atomOffsets[drug], atomOffsets[drug + 1] - atomOffsets[drug])];
                var bonds = Enumerable.Range(edgeOffsets[drug], edgeOffsets[drug + 1] - edgeOffsets[drug])
                    .Select(edge => (First: edges[2 * edge], Second: edges[2 * edge + 1])).Where(bond => bond.First < bond.Second);
                return new MoleculeGraph(matrix.SelectRows(atoms), [.. bonds]);
            }
        }
        catch (Exception error) when (error is ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw new InvalidDataException($"{path} holds no graphs of drugs, or damaged ones: {error.Message}", error);
        }
    }
}
