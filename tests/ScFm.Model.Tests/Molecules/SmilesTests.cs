using ScFm.Model.Molecules;

namespace ScFm.Model.Tests.Molecules;

/// <summary>What a SMILES says, and what is no SMILES.</summary>
public sealed class SmilesTests
{
    [Theory]
    [InlineData("C", 1, 0)]
    [InlineData("CCO", 3, 2)]
    [InlineData("C1CCCCC1", 6, 6)]
    [InlineData("C%12CCCCC%12", 6, 6)]
    [InlineData("CC(C)(C)C", 5, 4)]
    [InlineData("[Na+].[Cl-]", 2, 0)]
    [InlineData("C=1CC1", 3, 3)]
    [InlineData("F/C=C\\F", 4, 3)]
    [InlineData("C12CC1C2", 4, 5)]
    [InlineData("N[C@@H](C)C(=O)O", 6, 5)]
    [InlineData("[13CH4]", 1, 0)]
    [InlineData("[CH3:7][OH:8]", 2, 1)]
    [InlineData("C1.C1", 2, 1)]
    public void Atoms_and_bonds_are_counted(string smiles, int atoms, int bonds)
    {
        var molecule = Smiles.Parse(smiles);
        Assert.Equal((atoms, bonds), (molecule.Atoms.Count, molecule.Bonds.Count));
    }

    [Theory]
    [InlineData("C", 4)]
    [InlineData("CC", 3)]
    [InlineData("N", 3)]
    [InlineData("O=C", 0)]
    [InlineData("c1ccccc1", 1)]
    [InlineData("n1ccccc1", 0)]
    [InlineData("[nH]1cccc1", 1)]
    [InlineData("o1cccc1", 0)]
    [InlineData("S(=O)(=O)(C)C", 0)]
    [InlineData("[NH4+]", 4)]
    [InlineData("[C]", 0)]
    [InlineData("Cl", 1)]
    [InlineData("P(=O)(O)O", 1)]
    public void The_first_atom_has_the_hydrogens_that_its_bonds_leave_room_for(string smiles, int hydrogens) => Assert.Equal(hydrogens, Smiles.Parse(smiles).Hydrogens(0));

    [Fact]
    public void Brackets_hold_isotope_charge_and_hydrogens()
    {
        var atom = Smiles.Parse("[15NH2++]").Atoms[0];
        Assert.Equal(("N", 15, 2, 2), (atom.Element, atom.Isotope, atom.Hydrogens, atom.Charge));
        Assert.Equal(-3, Smiles.Parse("[P-3]").Atoms[0].Charge);
        Assert.True(Smiles.Parse("[se]1cccc1").Atoms[0] is { Element: "Se", Aromatic: true });
    }

    [Fact]
    public void Two_aromatic_rings_are_joined_by_a_single_bond_whether_it_is_written_or_not()
    {
        foreach (var smiles in (string[])["c1ccccc1c1ccccc1", "c1ccccc1-c1ccccc1"])
        {
            var molecule = Smiles.Parse(smiles);
            Assert.Equal(BondOrder.Single, molecule.Bonds.Single(bond => (bond.First, bond.Second) == (5, 6)).Order);
            Assert.Equal(12, molecule.Bonds.Count(bond => bond.Order == BondOrder.Aromatic));
        }
    }

    [Theory]
    [InlineData("", "no atom")]
    [InlineData("C(", "a branch that is not closed")]
    [InlineData("C)", "')'")]
    [InlineData("C()C", "')'")]
    [InlineData("C1CC", "the ring 1 that is not closed")]
    [InlineData("C=1CC#1", "another bond")]
    [InlineData("C11", "bound already, or the same")]
    [InlineData("CC=", "no atom")]
    [InlineData("C=.C", "'.'")]
    [InlineData("Xx", "'X'")]
    [InlineData("[Xx]", "without an element")]
    [InlineData("[C", "square brackets")]
    [InlineData("[C+2H]", "square brackets")]
    [InlineData("C%1", "two digits")]
    [InlineData("=C", "'='")]
    [InlineData("1CC1", "'1'")]
    [InlineData("C C", "' '")]
    public void What_is_no_smiles_is_refused_with_the_place_and_the_reason(string smiles, string reason)
    {
        var error = Assert.Throws<FormatException>(() => Smiles.Parse(smiles));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains($"The SMILES '{smiles}' has", error.Message, StringComparison.Ordinal);
        Assert.Contains("expected", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chain_of_any_length_is_read() => Assert.Equal(100_000, Smiles.Parse(new string('C', 100_000)).Atoms.Count);
}
