namespace ScFm.Model.Molecules;

/// <summary>An atom as a SMILES writes it.</summary>
public sealed record Atom
{
    /// <summary>The element's symbol, such as Cl; * where it is left open.</summary>
    public required string Element { get; init; }

    /// <summary>True where it is part of an aromatic ring.</summary>
    public bool Aromatic { get; init; }

    /// <summary>Mass number; 0 where none is written.</summary>
    public int Isotope { get; init; }

    /// <summary>Formal charge.</summary>
    public int Charge { get; init; }

    /// <summary>Hydrogens written beside it in brackets; null for an atom without brackets, whose hydrogens follow from its bonds.</summary>
    public int? Hydrogens { get; init; }
}
