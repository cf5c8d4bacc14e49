namespace ScFm.Model.Molecules;

/// <summary>Reads SMILES, the line notation of molecules.</summary>
/// <remarks>
/// Source: the OpenSMILES specification 1.0. Read are atoms with and without brackets, isotopes, charges, hydrogens, atom classes, all bonds, branches, rings (also %nn), aromatic atoms and parts that are not
/// bound. Marks of stereochemistry (@, @@, / and \) are accepted and not kept. An unmarked bond between two aromatic atoms is aromatic where it is part of a ring, and single elsewhere.
/// </remarks>
/// <example><code>var graph = AtomFeatures.Graph(Smiles.Parse("CC(=O)Oc1ccccc1C(=O)O"));</code></example>
public static class Smiles
{
    /// <summary>Reads a molecule.</summary>
    /// <param name="smiles">The text.</param>
    /// <exception cref="FormatException">It is no SMILES; the message says where and why.</exception>
    public static Molecule Parse(string smiles)
    {
        ArgumentNullException.ThrowIfNull(smiles);
        return new SmilesReader(smiles).Read();
    }
}
