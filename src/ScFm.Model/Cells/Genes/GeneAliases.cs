using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using ScFm.Model.Cells.Files;

namespace ScFm.Model.Cells;

/// <summary>Other names of genes: old symbols and Ensembl ids, with the names that they may stand for.</summary>
[JsonConverter(typeof(GeneAliasesConverter))]
public sealed partial class GeneAliases
{
    private readonly Dictionary<string, List<string>> namesOf = new(StringComparer.Ordinal);

    /// <summary>Number of names that are known to stand for another.</summary>
    public int Count => namesOf.Count;

    /// <summary>Adds that one name may stand for another; the first that is added is preferred.</summary>
    public GeneAliases Add(string alias, string name)
    {
        if (!namesOf.TryGetValue(alias, out var names))
        {
            namesOf[alias] = names = new List<string>(1);
        }
        if (!names.Contains(name))
        {
            names.Add(name);
        }
        return this;
    }

    /// <summary>The names that an alias may stand for, the preferred first; empty where it is unknown.</summary>
    public IReadOnlyList<string> NamesOf(string alias) => namesOf.TryGetValue(alias, out var names) ? names : [];

    /// <summary>Every alias with the names that it may stand for.</summary>
    internal IReadOnlyDictionary<string, List<string>> All => namesOf;

    /// <summary>Those that lead to a gene of a vocabulary: what a model with these genes needs.</summary>
    internal GeneAliases LeadingTo(GeneVocabulary genes)
    {
        var known = genes.Names.Concat((genes.Ids ?? []).OfType<string>().Select(StripVersion)).ToHashSet(StringComparer.Ordinal);
        var leading = new GeneAliases();
        foreach (var (alias, names) in namesOf)
        {
            names.FindAll(known.Contains).ForEach(name => leading.Add(alias, name));
        }
        return leading;
    }

    /// <summary>Their number, and a fingerprint that changes with any of them.</summary>
    public override string ToString()
    {
        var all = namesOf.OrderBy(alias => alias.Key, StringComparer.Ordinal).SelectMany(alias => (IEnumerable<string>)[alias.Key, "", .. alias.Value, ""]);
        return $"{Count:N0} other names ({Fingerprint.Of(hash => hash.Add([.. all]))})";
    }

    /// <summary>Reads one or more tables.</summary>
    /// <remarks>
    /// A table has a header that names an old and an approved symbol (Symbol and Approved.Symbol, as HGNChelper writes them; several
    /// approved symbols are joined by " /// "), or two columns of which one holds Ensembl ids, with or without a header; such a table is read both ways.
    /// </remarks>
    /// <param name="paths">.tsv or .csv files, gzipped or plain.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The columns of a table say neither.</exception>
    public static GeneAliases Read(params IEnumerable<string> paths)
    {
        var aliases = new GeneAliases();
        foreach (var path in paths)
        {
            aliases.Add(TextTable.Read(path));
        }
        return aliases;
    }

    /// <summary>True for an Ensembl gene id of any species, with or without its version.</summary>
    public static bool IsEnsembl(string name) => EnsemblPattern().IsMatch(name);

    /// <summary>An Ensembl id without its version: ENSG00000141510.18 becomes ENSG00000141510; other names stay as they are.</summary>
    public static string StripVersion(string name) => IsEnsembl(name) && name.IndexOf('.') is > 0 and var dot ? name[..dot] : name;

    private void Add(TextTable table)
    {
        var (alias, approved) = (table.Find("Symbol", "alias"), table.Find("Approved.Symbol", "approved_symbol"));
        if (alias >= 0 && approved >= 0)
        {
            foreach (var row in table.Rows)
            {
                foreach (var name in row[approved].Split(" /// ", StringSplitOptions.RemoveEmptyEntries))
                {
                    Add(row[alias], name);
                }
            }
            return;
        }
        AddIds(table);
    }

    private void AddIds(TextTable table)
    {
        // The first lines tell the column of ids: special tokens may stand before the genes, and there may be no header.
        var sample = table.Rows.Take(20).Append([.. table.Header]).ToArray();
        var id = Enumerable.Range(0, table.Header.Count).FirstOrDefault(column => sample.Any(row => IsEnsembl(row[column])), -1);
        var name = table.Find("feature_name", "gene_name", "symbol");
        name = name >= 0 ? name : table.Header.Count == 2 ? 1 - id : -1;
        if (id < 0 || name < 0)
        {
            throw new InvalidDataException(
                $"{table.Path} has the columns {string.Join(", ", table.Header)}; expected Symbol and Approved.Symbol, or a column of Ensembl ids and one of symbols.");
        }
        foreach (var row in table.Rows.Prepend([.. table.Header]))
        {
            if (IsEnsembl(row[id]) && row[name] != "")
            {
                Add(StripVersion(row[id]), row[name]).Add(row[name], StripVersion(row[id]));
            }
        }
    }

    [GeneratedRegex(@"^ENS[A-Z]{0,4}G\d{11}(\.\d+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex EnsemblPattern();
}
