namespace ScFm.Model.Molecules;

/// <summary>The chemical elements.</summary>
internal static class Elements
{
    private static readonly string[] Symbols =
    (
        "H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe "
        + "Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa U Np Pu Am Cm Bk Cf Es Fm Md No Lr "
        + "Rf Db Sg Bh Hs Mt Ds Rg Cn Nh Fl Mc Lv Ts Og"
    ).Split(' ');

    private static readonly HashSet<string> Known = [.. Symbols];

    // Symbols that may be written small, and are then aromatic.
    private static readonly HashSet<string> AromaticKnown = ["b", "c", "n", "o", "p", "s", "se", "as", "te"];

    // Columns of the periodic table's main groups: electrons of the outer shell.
    private static readonly Dictionary<string, int> Outer = Grouped(
        (1, "H Li Na K Rb Cs"), (2, "Be Mg Ca Sr Ba"), (3, "B Al Ga In Tl"), (4, "C Si Ge Sn Pb"), (5, "N P As Sb Bi"), (6, "O S Se Te Po"), (7, "F Cl Br I At"));

    /// <summary>Atomic number, from 1; 0 for the open element.</summary>
    public static int Number(string symbol) => Array.IndexOf(Symbols, symbol) + 1;

    /// <summary>True for the symbol of an element.</summary>
    public static bool IsElement(string symbol) => Known.Contains(symbol);

    /// <summary>True for a symbol, in small letters, of an element that can be aromatic.</summary>
    public static bool IsAromatic(string symbol) => AromaticKnown.Contains(symbol);

    /// <summary>Electrons of the outer shell; null for what is of no main group.</summary>
    public static int? OuterElectrons(string symbol) => Outer.TryGetValue(symbol, out var electrons) ? electrons : null;

    private static Dictionary<string, int> Grouped(params (int Electrons, string Symbols)[] groups) =>
        groups.SelectMany(group => group.Symbols.Split(' ').Select(symbol => (symbol, group.Electrons))).ToDictionary(one => one.symbol, one => one.Electrons);
}
