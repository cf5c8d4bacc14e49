using ScFm.Model.Cells;
using ScFm.Model.GeneSets;
using static TorchSharp.torch;

namespace ScFm.Model.Models.Gears;

public sealed partial record GeneGraph
{
    private const int CellsAtOnce = 1024;

    /// <summary>Joins genes that are expressed together: edges lead to each gene from those that correlate with it most, itself among them, and weigh the absolute value of the correlation.</summary>
    /// <remarks>Source: GEARS (Roohani et al. 2023). A gene that is the same in all cells correlates with none.</remarks>
    /// <param name="expression">[cells, genes].</param>
    /// <param name="cells">Which cells are looked at: those to train on.</param>
    /// <param name="above">Pearson correlations must be above this.</param>
    /// <param name="neighbours">Other genes than itself at most.</param>
    public static GeneGraph OfCoExpression(CsrMatrix expression, ReadOnlySpan<int> cells, double above, int neighbours)
    {
        using var unrecorded = no_grad();
        using var scope = NewDisposeScope();
        var (genes, chosen) = (expression.Columns, cells.ToArray());
        var mean = tensor(expression.SelectRows(chosen).ColumnSums()).div(chosen.Length).to(float32);
        var products = zeros(genes, genes);
        foreach (var block in chosen.Chunk(CellsAtOnce))
        {
            using var inner = NewDisposeScope();
            var centred = tensor(expression.SelectRows(block).ToDense().Values, [block.Length, genes]) - mean;
            products.add_(centred.transpose(0, 1).mm(centred));
        }
        var scale = products.diagonal().sqrt().reciprocal().nan_to_num(0, 0, 0); // of a constant gene the root is 0
        var correlations = (products * scale * scale.unsqueeze(1)).abs_();
        var values = correlations.data<float>().ToArray();
        return Nearest(genes, target => Enumerable.Range(0, genes).Select(source => (source, (double)values[(long)target * genes + source])), above, neighbours);
    }

    /// <summary>Joins what stands in the same gene sets, such as terms of the Gene Ontology: edges lead to each name from those that share the largest part of their sets with it, and weigh that part (Jaccard's index).</summary>
    /// <remarks>Source: GEARS (Roohani et al. 2023).</remarks>
    /// <param name="names">Genes, or whatever the sets name; one that no set names, in this or else in another case of its letters, stands alone.</param>
    /// <param name="sets">The sets.</param>
    /// <param name="above">Shares must be above this.</param>
    /// <param name="neighbours">Other names than itself at most.</param>
    public static GeneGraph OfSharedSets(IReadOnlyList<string> names, IReadOnlyList<GeneSet> sets, double above, int neighbours)
    {
        var (exactly, inAnyCase) = (Places(names, StringComparer.Ordinal), Places(names, StringComparer.OrdinalIgnoreCase)); // C2orf15 and C2ORF15 may be two genes
        var setsOf = names.Select(_ => new List<int>()).ToArray();
        var membersOf = sets.Select((set, number) =>
        {
            int[] members = [.. set.Genes.Select(gene => exactly.GetValueOrDefault(gene, inAnyCase.GetValueOrDefault(gene, -1))).Where(place => place >= 0).Distinct()];
            foreach (var member in members)
            {
                setsOf[member].Add(number);
            }
            return members;
        }).ToArray();
        return Nearest(names.Count, Shares, above, neighbours);

        IEnumerable<(int, double)> Shares(int target) => setsOf[target].SelectMany(set => membersOf[set]).CountBy(member => member)
            .Select(shared => (shared.Key, (double)shared.Value / (setsOf[target].Count + setsOf[shared.Key].Count - shared.Value)));
    }

    private static Dictionary<string, int> Places(IEnumerable<string> names, StringComparer comparer) =>
        names.Select((name, place) => (name, place)).DistinctBy(pair => pair.name, comparer).ToDictionary(pair => pair.name, pair => pair.place, comparer);

    private static GeneGraph Nearest(int nodes, Func<int, IEnumerable<(int Source, double Weight)>> near, double above, int neighbours)
    {
        var edges = Enumerable.Range(0, nodes).AsParallel().AsOrdered().SelectMany(target => near(target)
            .Where(edge => edge.Weight > above)
            .OrderByDescending(edge => edge.Source == target).ThenByDescending(edge => edge.Weight).ThenBy(edge => edge.Source)
            .Take(neighbours + 1).Select(edge => (edge.Source, Target: target, edge.Weight))).ToArray();
        return new(nodes, Array.ConvertAll(edges, edge => edge.Source), Array.ConvertAll(edges, edge => edge.Target), Array.ConvertAll(edges, edge => (float)edge.Weight));
    }
}
