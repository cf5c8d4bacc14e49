namespace ScFm.Model.Molecules;

/// <summary>How two atoms are bound.</summary>
public enum BondOrder
{
    /// <summary>A single bond.</summary>
    Single = 1,

    /// <summary>A double bond.</summary>
    Double = 2,

    /// <summary>A triple bond.</summary>
    Triple = 3,

    /// <summary>A quadruple bond.</summary>
    Quadruple = 4,

    /// <summary>A bond of an aromatic ring.</summary>
    Aromatic = 5,
}
