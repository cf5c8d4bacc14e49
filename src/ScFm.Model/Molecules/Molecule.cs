namespace ScFm.Model.Molecules;

/// <summary>Atoms and bonds, of one part or of several that are not bound, such as a salt. Hydrogens are counted with the atoms they are bound to.</summary>
public sealed class Molecule
{
    // How many bonds an atom without brackets has at least, by what is bound to it (OpenSMILES, "Organic Subset").
    private static readonly Dictionary<string, int[]> Valences = new()
    {
        ["B"] = [3], ["C"] = [4], ["N"] = [3, 5], ["O"] = [2], ["P"] = [3, 5], ["S"] = [2, 4, 6], ["F"] = [1], ["Cl"] = [1], ["Br"] = [1], ["I"] = [1],
    };

    private readonly List<Bond>[] bondsOf;

    /// <summary>Keeps atoms and bonds.</summary>
    internal Molecule(IReadOnlyList<Atom> atoms, IReadOnlyList<Bond> bonds)
    {
        (Atoms, Bonds, bondsOf) = (atoms, bonds, new List<Bond>[atoms.Count]);
        for (var atom = 0; atom < bondsOf.Length; atom++)
        {
            bondsOf[atom] = [];
        }
        foreach (var bond in bonds)
        {
            bondsOf[bond.First].Add(bond);
            bondsOf[bond.Second].Add(bond);
        }
    }

    /// <summary>The atoms, in the order in which they are written.</summary>
    public IReadOnlyList<Atom> Atoms { get; }

    /// <summary>The bonds.</summary>
    public IReadOnlyList<Bond> Bonds { get; }

    /// <summary>The bonds of an atom.</summary>
    public IReadOnlyList<Bond> BondsOf(int atom) => bondsOf[atom];

    /// <summary>The hydrogens of an atom without brackets that are not written, as many as fill its smallest valence that its bonds leave room in.</summary>
    public int ImplicitHydrogens(int atom)
    {
        if (Atoms[atom].Hydrogens is not null || !Valences.TryGetValue(Atoms[atom].Element, out var valences))
        {
            return 0;
        }
        var bound = bondsOf[atom].Sum(bond => bond.Order == BondOrder.Aromatic ? 1 : (int)bond.Order);
        return Atoms[atom].Aromatic
            ? Math.Max(0, valences[0] - bound - 1) // one of its electrons is the ring's
            : valences.FirstOrDefault(valence => valence >= bound, bound) - bound;
    }

    /// <summary>All hydrogens of an atom.</summary>
    public int Hydrogens(int atom) => Atoms[atom].Hydrogens ?? ImplicitHydrogens(atom);
}
