using ScFm.Model.Cells;
using ScFm.Model.GeneSets;
using ScFm.Model.Models.Gears;

namespace ScFm.Model.Tests.Models.Gears;

public sealed class GeneGraphTests
{
    // Gene 1 follows gene 0, gene 2 opposes it, gene 3 goes its own way, gene 4 never changes.
    private static readonly CsrMatrix expression = CsrMatrix.FromDense(new DenseMatrix(5, 5, [1, 2, 5, 1, 3, 2, 4, 4, -1, 3, 3, 6, 3, 0, 3, 4, 8, 2, -1, 3, 5, 10, 1, 1, 3]));

    [Fact]
    public void Genes_are_joined_that_rise_together_or_against_each_other()
    {
        var graph = GeneGraph.OfCoExpression(expression, [0, 1, 2, 3, 4], above: 0.4, neighbours: 20);
        Assert.Equal([(0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (2, 1), (0, 2), (1, 2), (2, 2), (3, 3)], graph.Sources.Zip(graph.Targets).OrderBy(edge => edge.Second).ThenBy(edge => edge.First));
        Assert.All(graph.Weights, weight => Assert.Equal(1, weight, 1e-5));
        Assert.Equal(3, graph.Joined);
    }

    [Fact]
    public void Only_the_cells_that_are_named_are_looked_at()
    {
        var graph = GeneGraph.OfCoExpression(expression, [0, 1], above: 0.4, neighbours: 20);
        Assert.Contains((3, 0), graph.Sources.Zip(graph.Targets)); // of two cells any two genes that change go together
    }

    [Fact]
    public void No_gene_has_more_neighbours_than_are_wanted()
    {
        var graph = GeneGraph.OfCoExpression(expression, [0, 1, 2, 3, 4], above: 0, neighbours: 1);
        Assert.All(graph.Targets.CountBy(target => target), count => Assert.InRange(count.Value, 1, 2));
    }

    [Fact]
    public void Names_are_joined_by_the_share_of_their_sets()
    {
        GeneSet[] sets = [new("a", "", ["X", "Y"]), new("b", "", ["X", "Y", "Z"]), new("c", "", ["X"]), new("d", "", ["Z", "elsewhere"])];
        var graph = GeneGraph.OfSharedSets(["X", "Y", "Z", "alone"], sets, above: 0.3, neighbours: 20);
        var weights = graph.Sources.Zip(graph.Targets, graph.Weights).ToDictionary(edge => (edge.First, edge.Second), edge => edge.Third);
        Assert.Equal(2f / 3, weights[(0, 1)]);
        Assert.Equal(1f / 3, weights[(1, 2)]);
        Assert.False(weights.ContainsKey((0, 2))); // one of four
        Assert.Equal(1, weights[(2, 2)]);
        Assert.DoesNotContain(graph.Targets, target => target == 3);
    }

    [Fact]
    public void Names_that_differ_in_case_alone_are_told_apart_and_others_found_in_any_case()
    {
        GeneSet[] sets = [new("a", "", ["C2ORF15", "Ifng"]), new("b", "", ["C2orf15", "alone"])];
        var graph = GeneGraph.OfSharedSets(["C2orf15", "C2ORF15", "IFNG", "ALONE"], sets, above: 0.3, neighbours: 20);
        Assert.Equal([(0, 0), (0, 3), (1, 1), (1, 2), (2, 1), (2, 2), (3, 0), (3, 3)], graph.Sources.Zip(graph.Targets).Order());
        Assert.Equal(2, graph.Joined);
    }
}
