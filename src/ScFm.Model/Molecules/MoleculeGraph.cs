using ScFm.Model.Cells;

namespace ScFm.Model.Molecules;

/// <summary>A molecule as a graph network sees it: what is known of each atom, and which atoms are bound.</summary>
public sealed record MoleculeGraph
{
    /// <summary>Checks and keeps the graph.</summary>
    /// <param name="features">[atoms, features], at least one atom, all finite.</param>
    /// <param name="bonds">Each bond once, in either direction; atoms count from 0.</param>
    /// <exception cref="ArgumentException">There is no atom, a feature is not finite, a bond names an atom that is not there or binds an atom to itself, or two atoms are bound twice.</exception>
    public MoleculeGraph(DenseMatrix features, IReadOnlyList<(int First, int Second)> bonds)
    {
        if (features.Rows == 0)
        {
            throw new ArgumentException("The molecule has no atoms; expected at least one.", nameof(features));
        }
        if (features.FirstNotFinite() is var (atom, feature))
        {
            throw new ArgumentException($"Feature {feature} of atom {atom} is {features[atom, feature]}; expected a finite number.", nameof(features));
        }
        var seen = new HashSet<(int, int)>();
        foreach (var (first, second) in bonds)
        {
            if (first < 0 || second < 0 || first >= features.Rows || second >= features.Rows || first == second)
            {
                throw new ArgumentException($"A bond joins the atoms {first} and {second}; expected two different ones of 0 to {features.Rows - 1}.", nameof(bonds));
            }
            if (!seen.Add((Math.Min(first, second), Math.Max(first, second))))
            {
                throw new ArgumentException($"The atoms {first} and {second} are bound twice; expected each bond once.", nameof(bonds));
            }
        }
        (Features, Bonds) = (features, bonds);
    }

    /// <summary>What is known of each atom, [atoms, features].</summary>
    public DenseMatrix Features { get; }

    /// <summary>Each bond once.</summary>
    public IReadOnlyList<(int First, int Second)> Bonds { get; }

    /// <summary>Number of atoms.</summary>
    public int Atoms => Features.Rows;

    /// <summary>The atoms bound to each atom, in the order of the bonds.</summary>
    public IReadOnlyList<int>[] Neighbours()
    {
        var neighbours = new List<int>[Atoms];
        for (var atom = 0; atom < Atoms; atom++)
        {
            neighbours[atom] = [];
        }
        foreach (var (first, second) in Bonds)
        {
            neighbours[first].Add(second);
            neighbours[second].Add(first);
        }
        return neighbours;
    }
}
