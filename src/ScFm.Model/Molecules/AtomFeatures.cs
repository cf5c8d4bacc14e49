using ScFm.Model.Cells;

namespace ScFm.Model.Molecules;

/// <summary>What a graph network is told of each atom: 75 numbers, as DeepCDR's drugs have them.</summary>
/// <remarks>
/// Source: the atom features of Duvenaud et al. 2015 in DeepChem's order. Places 0 to 43: the element, one of <see cref="Symbols"/> or another; 44 to 54: bound atoms, hydrogens apart, 0 to 10; 55 to 61: hydrogens
/// that are not written, 0 to 6; 62: charge; 63: unpaired electrons; 64 to 68: hybridisation sp, sp2, sp3, sp3d, sp3d2; 69: aromatic; 70 to 74: all hydrogens, 0 to 4. Atoms stand in the order of their number of
/// bound atoms, and within that as they are written.
/// </remarks>
public static class AtomFeatures
{
    /// <summary>Numbers an atom.</summary>
    public const int Count = 75;

    private const int Degree = 44;
    private const int ImplicitHydrogens = 55;
    private const int Charge = 62;
    private const int Unpaired = 63;
    private const int Hybridisation = 64;
    private const int Aromatic = 69;
    private const int Hydrogens = 70;

    /// <summary>The elements that have a place of their own, in its order; all others share the place behind them.</summary>
    public static IReadOnlyList<string> Symbols { get; } =
    [
        "C", "N", "O", "S", "F", "Si", "P", "Cl", "Br", "Mg", "Na", "Ca", "Fe", "As", "Al", "I", "B", "V", "K", "Tl", "Yb", "Sb", "Sn", "Ag", "Pd", "Co", "Se", "Ti", "Zn", "H", "Li", "Ge", "Cu", "Au",
        "Ni", "Cd", "In", "Mn", "Zr", "Cr", "Pt", "Hg", "Pb",
    ];

    /// <summary>The graph of a molecule.</summary>
    /// <param name="molecule">The molecule.</param>
    public static MoleculeGraph Graph(Molecule molecule)
    {
        int[] order = [.. Enumerable.Range(0, molecule.Atoms.Count).OrderBy(atom => molecule.BondsOf(atom).Count)];
        var place = new int[order.Length];
        var features = new DenseMatrix(order.Length, Count);
        var orbitals = new Orbitals(molecule);
        for (var row = 0; row < order.Length; row++)
        {
            place[order[row]] = row;
            Fill(features.Row(row), molecule, orbitals, order[row]);
        }
        return new MoleculeGraph(features, [.. molecule.Bonds.Select(bond => (place[bond.First], place[bond.Second]))]);
    }

    private static void Fill(Span<float> row, Molecule molecule, Orbitals orbitals, int atom)
    {
        var own = molecule.Atoms[atom];
        var symbol = Enumerable.Range(0, Symbols.Count).FirstOrDefault(i => Symbols[i] == own.Element, Symbols.Count);
        row[symbol] = 1;
        row[Degree + Math.Min(molecule.BondsOf(atom).Count, ImplicitHydrogens - Degree - 1)] = 1;
        row[ImplicitHydrogens + Math.Min(molecule.ImplicitHydrogens(atom), Charge - ImplicitHydrogens - 1)] = 1;
        row[Charge] = own.Charge;
        row[Unpaired] = orbitals.Unpaired(atom);
        row[Hybridisation + Math.Clamp(orbitals.Count(atom) - 2, 0, Aromatic - Hybridisation - 1)] = 1;
        row[Aromatic] = own.Aromatic ? 1 : 0;
        row[Hydrogens + Math.Min(molecule.Hydrogens(atom), Count - Hydrogens - 1)] = 1;
    }
}
