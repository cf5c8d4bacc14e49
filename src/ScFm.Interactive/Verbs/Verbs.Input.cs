using ScFm.Model;
using ScFm.Model.Cells;
using ScFm.Model.Tasks;

namespace ScFm.Interactive.Verbs;

public static partial class Verbs
{
    private const string InputHelp = "what a row is: single (a cell) or bulk (a sample)";
    private const string NormalisedHelp = "f: counts; t: log1p of counts per 10,000; a: the same, with total counts in a column";
    private const string TotalsHelp = "with --normalised a, the column of obs with the total counts (default: the last column of the matrix)";
    private const string GenesInOrderHelp = "take the columns for the model's genes in its order, whatever their names";
    private const string CompatHelp = "where the published code surprises: the sensible thing, or what it does";
    private const string AliasesHelp = "table of other names of genes";

    private static InputOptions InputOf(string input, string normalised, string? totals, bool genesInOrder, string compat) => new()
    {
        Kind = input == "bulk" ? SampleKind.Bulk : SampleKind.SingleCell,
        Scale = normalised switch { "f" => ValueScale.Counts, "t" => ValueScale.LogNormalised, _ => ValueScale.LogNormalisedWithTotals },
        Totals = totals,
        GenesInOrder = genesInOrder,
        Compat = Enum.Parse<Compat>(compat, ignoreCase: true),
    };

    private static GeneAliases? AliasesOf(string? path) => path is null ? null : GeneAliases.Read(path);
}
