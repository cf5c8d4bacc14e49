namespace ScFm.Model.Molecules;

/// <summary>How many orbitals of each atom are mixed: 2 for sp, 3 for sp2, 4 for sp3, and more.</summary>
/// <remarks>
/// An atom mixes an orbital for every atom bound to it and every lone pair or unpaired electron; one of a lone pair beside a double bond or in an aromatic ring is left to these, so that an amide's nitrogen is sp2.
/// The rules are those of RDKit's documentation, after which the published features were made.
/// </remarks>
internal sealed class Orbitals
{
    private const int LastOfSecondPeriod = 10;

    private readonly Molecule molecule;
    private readonly bool[] conjugated;

    /// <summary>Looks at a molecule.</summary>
    public Orbitals(Molecule molecule)
    {
        (this.molecule, conjugated) = (molecule, new bool[molecule.Atoms.Count]);
        for (var atom = 0; atom < conjugated.Length; atom++)
        {
            conjugated[atom] |= molecule.BondsOf(atom).Any(bond => bond.Order == BondOrder.Aromatic);
            Conjugate(atom);
        }
    }

    /// <summary>Orbitals that are mixed, at least 2.</summary>
    public int Count(int atom)
    {
        var neighbours = Neighbours(atom);
        var mixed = neighbours + Math.Max(0, Free(atom) - Unpaired(atom)) / 2 + Unpaired(atom);
        return mixed == 4 && neighbours <= 3 && conjugated[atom] ? 3 : mixed <= 1 ? 4 : mixed;
    }

    /// <summary>Electrons that are not paired: what an atom in brackets lacks of the bonds it could have.</summary>
    public int Unpaired(int atom)
    {
        if (molecule.Atoms[atom].Hydrogens is null || Elements.OuterElectrons(molecule.Atoms[atom].Element) is not { } outer)
        {
            return 0;
        }
        var left = outer - molecule.Atoms[atom].Charge;
        return Math.Max(0, Math.Min(left, 8 - left) - Valence(atom));
    }

    // Electrons of the outer shell that no bond takes.
    private int Free(int atom) =>
        Elements.OuterElectrons(molecule.Atoms[atom].Element) is { } outer ? Math.Max(0, outer - molecule.Atoms[atom].Charge - Valence(atom)) : 0;

    private int Neighbours(int atom) => molecule.BondsOf(atom).Count + molecule.Hydrogens(atom);

    // Bonds of an aromatic ring count one and a half each.
    private int Valence(int atom)
    {
        var bonds = molecule.BondsOf(atom);
        var aromatic = bonds.Count(bond => bond.Order == BondOrder.Aromatic);
        var others = bonds.Sum(bond => bond.Order == BondOrder.Aromatic ? 0 : (int)bond.Order) + molecule.Hydrogens(atom);
        var own = others + (int)(1.5 * aromatic);
        // a ring's heteroatom that gives it a lone pair has no double bond in it
        return aromatic > 0 && Usual(atom) is { } usual && own > usual ? Math.Max(usual, others + aromatic) : own;
    }

    private int? Usual(int atom) => Elements.OuterElectrons(molecule.Atoms[atom].Element) is { } outer ? Math.Min(outer - molecule.Atoms[atom].Charge, 8 - outer + molecule.Atoms[atom].Charge) : null;

    // A double bond reaches over a neighbouring single one to an atom with electrons to share.
    private void Conjugate(int atom)
    {
        if (!Shares(atom) || Neighbours(atom) is < 2 or > 3)
        {
            return;
        }
        foreach (var first in molecule.BondsOf(atom).Where(bond => bond.Order >= BondOrder.Double && Shares(Other(bond, atom))))
        {
            foreach (var second in molecule.BondsOf(atom).Where(bond => bond != first))
            {
                var end = Other(second, atom);
                if (Neighbours(end) <= 3 && Shares(end))
                {
                    conjugated[atom] = conjugated[end] = conjugated[Other(first, atom)] = true;
                }
            }
        }
    }

    // Whether an atom has electrons beside its single bonds that a neighbour's double bond may take part in.
    private bool Shares(int atom)
    {
        var element = molecule.Atoms[atom].Element;
        if (Elements.OuterElectrons(element) is not { } outer || outer is 1 or 7 || Neighbours(atom) > 3)
        {
            return false;
        }
        var usual = outer <= 4 ? outer : 8 - outer;
        if (molecule.Atoms[atom].Charge == 0 && Valence(atom) > usual)
        {
            return false; // it has more bonds than its shell asks for
        }
        var heavy = Elements.Number(element) > LastOfSecondPeriod && (outer == 5 || (outer == 6 && Neighbours(atom) >= 2));
        var electrons = usual - Neighbours(atom) + Math.Max(0, outer - usual - molecule.Atoms[atom].Charge) - Unpaired(atom);
        return !heavy && electrons > 0;
    }

    private static int Other(Bond bond, int atom) => bond.First == atom ? bond.Second : bond.First;
}
