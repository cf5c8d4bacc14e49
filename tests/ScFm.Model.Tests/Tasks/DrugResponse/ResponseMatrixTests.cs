using ScFm.Model.Cells;
using ScFm.Model.GeneSets;
using ScFm.Model.Tables;
using ScFm.Model.Tasks.DrugResponse;

namespace ScFm.Model.Tests.Tasks.DrugResponse;

/// <summary>Predictions of pairs that were not measured, and what sensitive cell lines have in common.</summary>
public sealed class ResponseMatrixTests
{
    private static readonly string[] Lines = [.. Enumerable.Range(0, 12).Select(i => $"line-{i}")];

    // Of drug b only the first two cell lines were measured.
    private static readonly DrugResponses Measured = new(
        ["a", "b"], Lines, [.. Lines.Select(_ => "LUAD")], [.. Lines.Select(_ => 0), 1, 1], [.. Lines.Select((_, i) => i), 0, 1], new float[14]);

    private static ResponseMatrix Matrix() => new(Measured, new DenseMatrix(2, 12, [.. Enumerable.Range(0, 24).Select(i => i < 12 ? i : 20f - i)]));

    [Fact]
    public void Only_pairs_that_were_not_measured_are_listed_the_strongest_response_first()
    {
        var unseen = Matrix().Unseen();
        Assert.Equal(10, unseen.RowCount);
        Assert.All(Enumerable.Range(0, 10), row => Assert.Equal("b", unseen["drug"].Text(row)));
        Assert.Equal("line-11", unseen["cell_line"].Text(0));
        Assert.Equal([.. ((NumberColumn)unseen["predicted"]).Values.ToArray().Order()], ((NumberColumn)unseen["predicted"]).Values.ToArray());
    }

    [Fact]
    public void A_set_that_is_high_where_a_drug_acts_strongly_is_found_at_the_top()
    {
        var random = new Random(3);
        var values = new DenseMatrix(12, 60);
        for (var line = 0; line < 12; line++)
        {
            for (var gene = 0; gene < 60; gene++)
            {
                values[line, gene] = random.NextSingle() + (gene < 8 ? -line : 0); // the first eight fall with the predicted IC50 of drug a
            }
        }
        string[] promoters = [.. Enumerable.Range(0, 60).Select(gene => $"G{gene}_1_100_200")];
        GeneSet[] sets = [new("planted", "", [.. Enumerable.Range(0, 8).Select(gene => $"G{gene}")]), new("other", "", [.. Enumerable.Range(30, 8).Select(gene => $"G{gene}")])];
        var report = Matrix().Enrichment("a", new CellFeatures("methylation", Lines, values, promoters), sets, options: new PrerankOptions { MinSize = 5, Permutations = 200 });
        Assert.Equal("planted", report.Results[0].Set.Name);
        Assert.True(report["planted"].NormalisedScore > 1.3);
        Assert.True(Matrix().Enrichment("b", new CellFeatures("methylation", Lines, values, promoters), sets, options: new PrerankOptions { MinSize = 5, Permutations = 200 })["planted"].Score < 0);
        Assert.Throws<KeyNotFoundException>(() => Matrix().Enrichment("c", new CellFeatures("methylation", Lines, values, promoters), sets));
    }
}
