namespace ScFm.Model.Molecules;

/// <summary>A bond between two atoms.</summary>
/// <param name="First">The atom that was written first, from 0.</param>
/// <param name="Second">The other.</param>
/// <param name="Order">How they are bound.</param>
public sealed record Bond(int First, int Second, BondOrder Order);
