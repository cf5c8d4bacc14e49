using MathNet.Numerics.LinearAlgebra;
using ScFm.Model.Cells;
using ScFm.Model.Metrics;
using ScFm.Model.Models.ScVi;
using ScFm.Model.Tables;
using ScFm.Model.Tests.Training;

namespace ScFm.Model.Tests.Models.ScVi;

[Collection(nameof(TorchGenerator))]
public sealed class ScViLoadingTests
{
    private static readonly ScViOptions options = new()
    {
        Config = ScViConfig.Linear with { Hidden = 32, Latent = 4, Dropout = 0 },
        Epochs = 60,
        BatchSize = 32,
        LearningRate = 0.01,
    };

    private static readonly AnnData planted = PlantedCells.Make(500);

    private static readonly Lazy<ScViModel> factors = new(() => ScViModel.Train(planted, options with { BatchColumn = "lab" }));

    private static readonly AnnData grouped = Grouped();

    private static readonly Lazy<ScViModel> types = new(() => ScViModel.Train(grouped, options));

    /// <summary>Cells of two types: the first four genes are four times as many in T as in U, the next four in U as in T; a third of the cells has no type.</summary>
    private static AnnData Grouped()
    {
        var (cells, random) = (PlantedCells.Make(450, seed: 5), new Random(8));
        var counts = cells.X.ToDense();
        for (var cell = 0; cell < 450; cell++)
        {
            for (var gene = 1; gene < 9; gene++)
            {
                var mean = (cell % 3, gene < 5) switch { (0, true) or (1, false) => 24, (2, _) => 12, _ => 6 };
                counts[cell, gene] = MathNet.Numerics.Distributions.Poisson.Sample(random, mean);
            }
        }
        var made = cells.WithX(CsrMatrix.FromDense(counts));
        made.Obs = cells.Obs.With(CategoryColumn.FromLabels("type", Enumerable.Range(0, 450).Select(cell => (cell % 3) switch { 0 => "T", 1 => "U", _ => null })));
        return made;
    }

    [Fact]
    public void Loadings_span_the_factors_that_were_planted()
    {
        var (found, truth) = (factors.Value.CentredLoadings(), PlantedCells.LoadingsOf());
        var columns = Matrix<double>.Build.Dense(40, 4, (gene, latent) => found[gene, latent]);
        for (var factor = 0; factor < 3; factor++)
        {
            var own = Vector<double>.Build.Dense(40, gene => truth[gene, factor]);
            own -= own.Average();
            var residual = own - columns * columns.QR().Solve(own);
            var explained = 1 - residual.DotProduct(residual) / own.DotProduct(own);
            Assert.True(explained > 0.85, $"{explained:F2} of factor {factor} is explained");
        }
    }

    [Fact]
    public void Tables_name_genes_and_latent_variables_and_list_the_most_moved_first()
    {
        var (loadings, table, top) = (factors.Value.Loadings(), factors.Value.LoadingTable(), factors.Value.TopLoadings(3));
        Assert.Equal(["gene", "Z_0", "Z_1", "Z_2", "Z_3"], table.Columns.Select(column => column.Name));
        Assert.Equal(loadings[7, 2], ((NumberColumn)table["Z_2"]).Values[7], 1e-7);
        Assert.Equal("GENE7", table["gene"].Text(7));
        string Names(IEnumerable<int> genes) => string.Join(", ", genes.Take(3).Select(gene => $"GENE{gene}"));
        var order = Enumerable.Range(0, 40).OrderByDescending(gene => loadings[gene, 1]).ToArray();
        Assert.Equal(("Z_1", Names(order), Names(order.Reverse())), (top["latent"].Text(1), top["raises"].Text(1), top["lowers"].Text(1)));
    }

    [Fact]
    public void Genes_that_differ_between_two_groups_are_found_with_their_direction_and_change()
    {
        var found = DifferentialLoadings.Between(types.Value, grouped, new() { Column = "type", Group = "T", Against = "U", Draws = 200 });
        Assert.Equal("T (150) against U (150)", found.Comparison);
        Assert.Equal(0.01, found.PValues.Min(), 0.01);
        string[] order = [.. ((TextColumn)found.ToTable()["gene"]).Values.ToArray().OfType<string>()];
        Assert.Equal(Enumerable.Range(1, 8).Select(gene => $"GENE{gene}"), order.Take(8).Order(StringComparer.Ordinal));
        for (var gene = 1; gene < 9; gene++)
        {
            Assert.InRange(found.Changes[gene] * (gene < 5 ? 1 : -1), 0.5 * Math.Log(4), 1.2 * Math.Log(4)); // the prior draws means towards each other
            Assert.True(found.Low[gene] * found.High[gene] > 0);
        }
        for (var gene = 0; gene < 40; gene++)
        {
            Assert.Equal(found.Changes[gene], Enumerable.Range(0, 4).Sum(latent => found.Contributions[gene, latent]), 1e-4);
            Assert.InRange(found.Changes[gene], found.Low[gene], found.High[gene]);
        }
    }

    [Fact]
    public void The_other_way_round_everything_has_the_other_sign()
    {
        var (one, other) = (
            DifferentialLoadings.Between(types.Value, grouped, new() { Column = "type", Group = "T", Against = "U", Draws = 20 }),
            DifferentialLoadings.Between(types.Value, grouped, new() { Column = "type", Group = "U", Against = "T", Draws = 20 }));
        Assert.All(Enumerable.Range(0, 40), gene => Assert.Equal(one.Changes[gene], -other.Changes[gene], 1e-9));
    }

    [Fact]
    public void Groups_that_do_not_differ_are_rarely_told_apart()
    {
        var significant = Enumerable.Range(0, 20).Count(seed =>
        {
            var cells = planted.WithX(planted.X);
            var random = new Random(seed);
            cells.Obs = planted.Obs.With(CategoryColumn.FromLabels("chance", Enumerable.Range(0, 500).Select(_ => random.Next(2) == 0 ? "X" : "Y")));
            return DifferentialLoadings.Between(factors.Value, cells, new() { Column = "chance", Group = "X", Draws = 99 }).PValues.Min() < 0.05;
        });
        Assert.InRange(significant, 0, 4); // one is expected; five or more have a chance of 0.3%
    }

    [Fact]
    public void Cells_of_one_donor_count_as_one_where_donors_are_named()
    {
        // every cell four times over, its copies of one donor
        var copies = grouped.SelectCells([.. Enumerable.Range(0, 4 * 450).Select(i => i / 4)]);
        copies.Obs = copies.Obs.With(CategoryColumn.FromLabels("donor", Enumerable.Range(0, 4 * 450).Select(i => $"donor-{i / 4}")));
        var groups = new LoadingGroups { Column = "type", Group = "T", Against = "U", Draws = 400 };
        double Width(AnnData cells, LoadingGroups asked)
        {
            var found = DifferentialLoadings.Between(types.Value, cells, asked);
            return found.High.Zip(found.Low, (high, low) => high - low).Average();
        }
        var (cells, donors, copied) = (Width(grouped, groups), Width(copies, groups with { Replicates = "donor" }), Width(copies, groups));
        Assert.InRange(donors / cells, 0.9, 1.1);
        Assert.InRange(copied / cells, 0.45, 0.55);
    }

    [Fact]
    public void Cells_whose_names_and_places_read_alike_are_cells_of_their_own()
    {
        // cell 1, "p11", and cell 11, "p1", and so on
        string[] names = [.. Enumerable.Range(0, 40).Select(i => i is > 0 and < 10 ? $"p{i}1" : i is > 10 and < 20 ? $"p{i - 10}" : $"c{i}-")];
        var cells = new AnnData(new CsrMatrix(40, 1, new long[41], [], []), names, ["G"], new Table(CategoryColumn.FromLabels("type", Enumerable.Range(0, 40).Select(i => i < 20 ? "T" : "U"))));
        var groups = GroupedUnits.Of(new DenseMatrix(40, 1), cells, new LoadingGroups { Column = "type", Group = "T" });
        Assert.Equal((20, 20), (groups.First, groups.Second));
    }

    [Fact]
    public void A_model_beside_itself_is_the_same_and_beside_another_seed_its_factors_are_found_again()
    {
        var itself = LoadingComparison.Of(factors.Value, factors.Value, draws: 20);
        Assert.All(itself.Pairs, pair => Assert.Equal((pair.First, 1.0), (pair.Second, Math.Round(pair.Cosine, 6))));
        Assert.All(itself.Differences.Values, difference => Assert.Equal(0, difference, 1e-6));
        Assert.Equal(itself.FirstReach, itself.SecondReach);

        var reversed = planted.SelectGenes([.. Enumerable.Range(2, 38).Reverse()]); // other order, two genes fewer
        var other = ScViModel.Train(reversed, options with { BatchColumn = "lab", Seed = 9 });
        var found = LoadingComparison.Of(factors.Value, other, draws: 200);
        Assert.Equal(Enumerable.Range(2, 38).Select(gene => $"GENE{gene}"), found.Genes);
        Assert.Equal(4, found.Pairs.Select(pair => pair.First).Distinct().Count());
        Assert.Equal(4, found.Pairs.Select(pair => pair.Second).Distinct().Count());
        Assert.True(found.Pairs[0].PValue < 0.02, found.ToString());
        Assert.True(Correlation.Pearson<double>(found.FirstReach, found.SecondReach).Coefficient > 0.8, found.ToString());
    }

    [Fact]
    public void What_a_comparison_needs_is_told()
    {
        var network = ScViModel.Train(planted, options with { Config = new() { Hidden = 8 }, Epochs = 1 });
        string Operation(Action act) => Assert.Throws<InvalidOperationException>(act).Message;
        const string Linear = "Only a linear decoder has loadings; this one is a Network.";
        Assert.Equal(Linear, Operation(() => network.LoadingTable()));
        Assert.Equal(Linear, Operation(() => network.TopLoadings()));
        Assert.Equal(Linear, Operation(() => LoadingComparison.Of(factors.Value, network)));
        Assert.Equal(Linear, Operation(() => DifferentialLoadings.Between(network, planted, new() { Column = "lab", Group = "A" })));
        Assert.Equal("'C' in the column 'lab' has 0 cells; expected at least 2, of A, B.",
            Assert.Throws<InvalidDataException>(() => DifferentialLoadings.Between(factors.Value, planted, new() { Column = "lab", Group = "A", Against = "C" })).Message);
        Assert.Equal("Draws is 1; expected 20 to 1000000.",
            Assert.Throws<ArgumentException>(() => DifferentialLoadings.Between(factors.Value, planted, new() { Column = "lab", Group = "A", Draws = 1 })).Message);

        var foreign = new AnnData(planted.X, planted.ObsNames, [.. Enumerable.Range(0, 40).Select(i => i < 2 ? $"GENE{i}" : $"OTHER{i}")]);
        var other = ScViModel.Train(foreign, options with { Epochs = 1 });
        Assert.Equal("The models have 40 and 40 genes, 2 in common; expected at least 3.", Assert.Throws<InvalidDataException>(() => LoadingComparison.Of(factors.Value, other)).Message);
    }
}
