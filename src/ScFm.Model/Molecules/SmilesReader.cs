namespace ScFm.Model.Molecules;

/// <summary>Reads one SMILES from left to right.</summary>
internal sealed class SmilesReader(string text)
{
    private readonly List<Atom> atoms = [];
    private readonly List<(int First, int Second, BondOrder? Order)> bonds = [];
    private readonly Dictionary<int, (int Atom, BondOrder? Order, int At)> openRings = [];
    private readonly Stack<(int Atom, int At)> branches = [];
    private int at;
    private int last = -1; // the atom that the next one is bound to
    private bool parted; // a dot: the next one is bound to none
    private BondOrder? order;
    private bool bondWritten;

    /// <summary>The molecule.</summary>
    public Molecule Read()
    {
        while (at < text.Length)
        {
            Next();
        }
        if (branches.Count > 0)
        {
            throw Error(branches.Peek().At, "a branch that is not closed", "a closing bracket");
        }
        if (openRings.Count > 0)
        {
            var (number, open) = openRings.First();
            throw Error(open.At, $"the ring {number} that is not closed", "its number a second time");
        }
        if (atoms.Count == 0 || bondWritten || parted)
        {
            throw Error(text.Length, "no atom", "one");
        }
        return new Molecule(atoms, RingBonds.Ordered(atoms, bonds));
    }

    private void Next()
    {
        var letter = text[at];
        switch (letter)
        {
            case '[':
                Add(BracketAtom());
                break;
            case '(' when last >= 0 && !bondWritten && !parted:
                branches.Push((last, at++));
                break;
            case ')' when branches.Count > 0 && !bondWritten && text[at - 1] != '(':
                at++;
                last = branches.Pop().Atom;
                break;
            case '.' when last >= 0 && !bondWritten && !parted:
                at++;
                parted = true;
                break;
            case '-' or '/' or '\\' or '=' or '#' or '$' or ':' when last >= 0 && !bondWritten && !parted:
                (order, bondWritten) = (letter switch { '=' => BondOrder.Double, '#' => BondOrder.Triple, '$' => BondOrder.Quadruple, ':' => BondOrder.Aromatic, _ => BondOrder.Single }, true);
                at++;
                break;
            case '%' or (>= '0' and <= '9') when last >= 0 && !parted:
                Ring();
                break;
            default:
                Add(BareAtom());
                break;
        }
    }

    private void Add(Atom atom)
    {
        atoms.Add(atom);
        if (last >= 0 && !parted)
        {
            bonds.Add((last, atoms.Count - 1, order));
        }
        (last, parted, order, bondWritten) = (atoms.Count - 1, false, null, false);
    }

    private Atom BareAtom()
    {
        var two = at + 1 < text.Length ? text.Substring(at, 2) : "";
        var symbol = two is "Cl" or "Br" ? two : text[at].ToString();
        if (symbol is not ("Cl" or "Br" or "B" or "C" or "N" or "O" or "P" or "S" or "F" or "I" or "b" or "c" or "n" or "o" or "p" or "s" or "*"))
        {
            throw Error(at, $"'{symbol}'", "an atom, a bond, a branch or a ring (an element that is not one of B, C, N, O, P, S, F, Cl, Br, I stands in square brackets)");
        }
        at += symbol.Length;
        return Named(symbol);
    }

    private static Atom Named(string symbol) =>
        char.IsAsciiLetterLower(symbol[0]) ? new Atom { Element = char.ToUpperInvariant(symbol[0]) + symbol[1..], Aromatic = true } : new Atom { Element = symbol };

    // [isotope symbol chirality hydrogens charge :class]
    private Atom BracketAtom()
    {
        var start = at++;
        var isotope = Digits() ?? 0;
        var atom = Named(Symbol(start));
        while (Takes('@'))
        {
        }
        if (at + 1 < text.Length && text.Substring(at, 2) is "TH" or "AL" or "SP" or "TB" or "OH") // other kinds of chirality, each with a number
        {
            at += 2;
            _ = Digits();
        }
        var hydrogens = Takes('H') ? Digits() ?? 1 : 0;
        var charge = Charge();
        if (Takes(':') && Digits() is null)
        {
            throw Error(at, "no number of an atom class", "one");
        }
        return Takes(']')
            ? atom with { Isotope = isotope, Hydrogens = hydrogens, Charge = charge }
            : throw Error(start, "an atom in square brackets that is not understood", "isotope, symbol, chirality, hydrogens, charge and class, in this order, and a closing bracket");
    }

    private string Symbol(int start)
    {
        foreach (var length in (ReadOnlySpan<int>)[2, 1])
        {
            if (at + length <= text.Length && text.Substring(at, length) is var symbol && (Elements.IsElement(symbol) || Elements.IsAromatic(symbol) || symbol == "*"))
            {
                at += length;
                return symbol;
            }
        }
        throw Error(start, "an atom in square brackets without an element", "its symbol");
    }

    private int Charge()
    {
        var sign = Takes('+') ? 1 : Takes('-') ? -1 : 0;
        if (sign == 0)
        {
            return 0;
        }
        if (Digits() is { } size)
        {
            return sign * size;
        }
        var count = 1;
        while (Takes(sign > 0 ? '+' : '-'))
        {
            count++;
        }
        return sign * count;
    }

    private void Ring()
    {
        var start = at;
        var number = text[at++] - '0';
        if (text[start] == '%')
        {
            number = at + 2 <= text.Length && char.IsAsciiDigit(text[at]) && char.IsAsciiDigit(text[at + 1])
                ? int.Parse(text.AsSpan(at, 2), System.Globalization.CultureInfo.InvariantCulture)
                : throw Error(start, "a ring without a number of two digits", "such as %12");
            at += 2;
        }
        if (!openRings.Remove(number, out var open))
        {
            openRings[number] = (last, order, start);
        }
        else
        {
            if (open.Order is { } one && order is { } other && one != other)
            {
                throw Error(start, $"the ring {number} closed by another bond than it was opened with", "the same");
            }
            if (open.Atom == last || bonds.Exists(bond => (bond.First, bond.Second) == (open.Atom, last) || (bond.First, bond.Second) == (last, open.Atom)))
            {
                throw Error(start, $"the ring {number} between atoms that are bound already, or the same", "two others");
            }
            bonds.Add((open.Atom, last, open.Order ?? order));
        }
        (order, bondWritten) = (null, false);
    }

    private bool Takes(char letter)
    {
        var takes = at < text.Length && text[at] == letter;
        at += takes ? 1 : 0;
        return takes;
    }

    private int? Digits()
    {
        var (start, number) = (at, 0);
        while (at < text.Length && char.IsAsciiDigit(text[at]) && at - start < 4)
        {
            number = number * 10 + (text[at++] - '0');
        }
        return at > start ? number : null;
    }

    private FormatException Error(int place, string found, string expected) => new($"The SMILES '{text}' has {found} at character {place + 1}; expected {expected}.");
}
