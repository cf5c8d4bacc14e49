namespace ScFm.Model.Molecules;

/// <summary>Tells which unmarked bonds between aromatic atoms are aromatic: those that are part of a ring.</summary>
internal static class RingBonds
{
    /// <summary>The bonds, each with its order.</summary>
    /// <param name="atoms">The atoms.</param>
    /// <param name="bonds">The bonds, with the order that is written.</param>
    public static IReadOnlyList<Bond> Ordered(IReadOnlyList<Atom> atoms, IReadOnlyList<(int First, int Second, BondOrder? Order)> bonds)
    {
        var bridges = Bridges(atoms.Count, bonds);
        return [.. bonds.Select((bond, i) => new Bond(bond.First, bond.Second,
            bond.Order ?? (atoms[bond.First].Aromatic && atoms[bond.Second].Aromatic && !bridges[i] ? BondOrder.Aromatic : BondOrder.Single)))];
    }

    /// <summary>Bonds without which the molecule falls apart, by depth-first search (Tarjan 1974); all others are part of a ring.</summary>
    private static bool[] Bridges(int atoms, IReadOnlyList<(int First, int Second, BondOrder? Order)> bonds)
    {
        var bondsOf = Enumerable.Range(0, atoms).Select(_ => new List<int>()).ToArray();
        for (var bond = 0; bond < bonds.Count; bond++)
        {
            bondsOf[bonds[bond].First].Add(bond);
            bondsOf[bonds[bond].Second].Add(bond);
        }
        var (entered, lowest, bridges, clock) = (new int[atoms], new int[atoms], new bool[bonds.Count], 0);
        var path = new Stack<(int Atom, int By, int Next)>(); // not recursive: a chain may have any length
        for (var root = 0; root < atoms; root++)
        {
            if (entered[root] > 0)
            {
                continue;
            }
            entered[root] = lowest[root] = ++clock;
            path.Push((root, -1, 0));
            while (path.TryPop(out var here))
            {
                if (here.Next < bondsOf[here.Atom].Count)
                {
                    path.Push(here with { Next = here.Next + 1 });
                    var bond = bondsOf[here.Atom][here.Next];
                    var other = bonds[bond].First == here.Atom ? bonds[bond].Second : bonds[bond].First;
                    if (bond == here.By)
                    {
                        continue;
                    }
                    if (entered[other] > 0)
                    {
                        lowest[here.Atom] = Math.Min(lowest[here.Atom], entered[other]);
                        continue;
                    }
                    entered[other] = lowest[other] = ++clock;
                    path.Push((other, bond, 0));
                }
                else if (here.By >= 0)
                {
                    var parent = path.Peek().Atom;
                    lowest[parent] = Math.Min(lowest[parent], lowest[here.Atom]);
                    bridges[here.By] = lowest[here.Atom] > entered[parent];
                }
            }
        }
        return bridges;
    }
}
