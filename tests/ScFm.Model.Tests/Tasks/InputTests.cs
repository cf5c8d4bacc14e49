using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tables;
using ScFm.Model.Tasks;

namespace ScFm.Model.Tests.Tasks;

/// <summary>What is taken, what is refused, and what the two ways make of the same samples.</summary>
public sealed class InputTests
{
    private static readonly InputOptions logged = new() { Scale = ValueScale.LogNormalised };
    private static readonly InputOptions withTotals = new() { Scale = ValueScale.LogNormalisedWithTotals };
    private static readonly InputOptions bulk = new() { Kind = SampleKind.Bulk };

    private static readonly float[,] counts = { { 1, 2, 0, 7, 0 }, { 0, 1, 1, 0, 40 }, { 3, 1, 0, 0, 6 } };

    [Fact]
    public void A_log_normalised_cell_has_the_depth_of_the_counts_it_came_from()
    {
        var (model, cells) = TaskCells.Five();
        var raw = cells(counts);
        var normalised = raw.WithX(Normalisation.LogNormalise(raw.X));
        var (expected, found) = (Tokens(model, raw, new()), Tokens(model, normalised, logged));
        for (var cell = 0; cell < 3; cell++)
        {
            Assert.Equal(expected[cell].SourceDepth, found[cell].SourceDepth, 1e-6f);
            Assert.Equal(expected[cell].VisibleValues, found[cell].VisibleValues);
        }
        var reference = Tokens(model, normalised, logged with { Compat = Compat.Reference });
        Assert.Equal(Math.Log10(normalised.X.RowSums()[0]), reference[0].SourceDepth, 1e-6);
        Assert.NotEqual(expected[0].SourceDepth, reference[0].SourceDepth, 0.01f);
    }

    [Fact]
    public void Totals_are_taken_from_obs_or_from_the_last_column()
    {
        var (model, cells) = TaskCells.Five();
        var raw = cells(counts);
        var normalised = raw.WithX(Normalisation.LogNormalise(raw.X));
        normalised.Obs = new Table(new NumberColumn("n_counts", [1e3, 1e4, 1e5]));
        Assert.Equal([3, 4, 5], Tokens(model, normalised, withTotals with { Totals = "n_counts" }).Select(cell => cell.SourceDepth));

        var dense = new DenseMatrix(3, 6);
        for (var cell = 0; cell < 3; cell++)
        {
            normalised.X.CopyRow(cell, dense.Row(cell)[..5]);
            dense[cell, 5] = 100;
        }
        var beside = new AnnData(CsrMatrix.FromDense(dense), raw.ObsNames, [.. raw.VarNames, "total"]);
        Assert.Equal([2, 2, 2], Tokens(model, beside, withTotals).Select(cell => cell.SourceDepth));
        Assert.Equal(Tokens(model, normalised, logged)[1].VisibleValues, Tokens(model, beside, withTotals)[1].VisibleValues);
    }

    [Fact]
    public void A_total_that_is_missing_or_not_above_zero_is_named()
    {
        var (model, cells) = TaskCells.Five();
        var normalised = cells(new[,] { { 1.5f, 2.25f, 0, 3.125f, 1 }, { 1.5f, 2.25f, 0, 3.125f, 0 } });
        Refused("The total count of cell 1 ('cell-1') in the last column ('E') is 0; expected a number above 0.", () => Tokens(model, normalised, withTotals));
        normalised.Obs = new Table(new NumberColumn("n", [1, double.NaN]), new TextColumn("name", ["a", "b"]));
        Refused("The total count of cell 1 ('cell-1') in the column 'n' of obs is NaN; expected a number above 0.", () => Tokens(model, normalised, withTotals with { Totals = "n" }));
        Refused("The column 'name' of obs is a TextColumn; expected numbers, the total counts.", () => Tokens(model, normalised, withTotals with { Totals = "name" }));
        Assert.StartsWith("There is no column 'm'", Assert.Throws<KeyNotFoundException>(() => Tokens(model, normalised, withTotals with { Totals = "m" })).Message);
    }

    [Fact]
    public void Options_that_contradict_each_other_are_refused()
    {
        var (model, cells) = TaskCells.Five();
        Assert.Equal("The column 'n' of totals is given for values of the scale Counts; expected LogNormalisedWithTotals, the reference's a.",
            Assert.Throws<ArgumentException>(() => Tokens(model, cells(counts), new() { Totals = "n" })).Message);
        var normalised = cells(new[,] { { 1.5f, 2.25f, 0, 3.125f, 1 } });
        normalised.Obs = new Table(new NumberColumn("n", [100]));
        var options = withTotals with { Totals = "n", Kind = SampleKind.Bulk };
        Assert.Equal(2, Tokens(model, normalised, options)[0].SourceDepth);
        Assert.StartsWith("The reference takes no bulk samples with totals; ", Assert.Throws<ArgumentException>(() => Tokens(model, normalised, options with { Compat = Compat.Reference })).Message);
    }

    [Fact]
    public void A_bulk_sample_does_not_depend_on_the_others_unless_the_reference_is_asked_for()
    {
        var (model, cells) = TaskCells.Five();
        var (alone, together) = (cells(new float[,] { { 1000, 2000, 0, 7.5f, 0 } }), cells(new float[,] { { 1000, 2000, 0, 7.5f, 0 }, { 9, 3, 2, 1, 0.5f } }));
        Assert.Equal(Tokens(model, alone, bulk)[0].VisibleValues, Tokens(model, together, bulk)[0].VisibleValues);
        Assert.Equal(Tokens(model, alone, bulk)[0].SourceDepth, Tokens(model, together, bulk)[0].SourceDepth);
        var reference = bulk with { Compat = Compat.Reference };
        Assert.NotEqual(Tokens(model, alone, reference)[0].VisibleValues, Tokens(model, together, reference)[0].VisibleValues);
        // the reference ignores the depth of bulk samples
        Assert.Equal(Tokens(model, alone, reference)[0].SourceDepth, Tokens(model, alone, reference, Depth.Fold(10))[0].TargetDepth);
        Assert.Equal(Tokens(model, alone, bulk)[0].SourceDepth + 1, Tokens(model, alone, bulk, Depth.Fold(10))[0].TargetDepth, 1e-6f);
    }

    [Fact]
    public void Values_of_another_scale_than_was_said_are_refused_with_the_evidence()
    {
        var (model, cells) = TaskCells.Five();
        var raw = cells(counts);
        var normalised = raw.WithX(Normalisation.LogNormalise(raw.X));
        Assert.StartsWith("Raw counts are needed, but the values are log-normalised: ", Refused(() => Tokens(model, normalised, new())));
        Assert.StartsWith("The values are raw counts: ", Refused(() => Tokens(model, raw, logged)));
        Assert.EndsWith(" Expected natural logarithms, log1p of counts per 10,000.", Refused(() => Tokens(model, raw, logged)));
        Assert.StartsWith("The values are log-normalised: ", Refused(() => Tokens(model, normalised, bulk)));
        var binary = raw.WithX(raw.X.MapRows((_, values) =>
        {
            foreach (ref var value in values)
            {
                value = (float)Math.Log2(1 + value * 3.3);
            }
        }));
        Assert.EndsWith(" Expected natural logarithms, log1p of counts per 10,000.", Refused(() => Tokens(model, binary, logged)));
    }

    [Fact]
    public void Totals_that_cannot_be_told_are_asked_for()
    {
        var (model, cells) = TaskCells.Five();
        var smooth = cells(new[,] { { 0.317f, 1.733f, 2.911f, 0.551f, 1.127f } });
        Assert.StartsWith("The total counts cannot be told from these log-normalised values", Refused(() => Tokens(model, smooth, logged)));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Values_that_are_no_numbers_are_refused_in_every_way(float odd)
    {
        var (model, cells) = TaskCells.Five();
        var bad = cells(new[,] { { 1, odd, 0.5f, 0, 0 } });
        foreach (var compat in Enum.GetValues<Compat>())
        {
            foreach (var options in new[] { new(), logged, bulk })
            {
                Assert.Contains("a value is ", Refused(() => Tokens(model, bad, options with { Compat = compat })));
            }
        }
    }

    [Fact]
    public void Negative_values_are_refused_but_reach_the_reference_s_decoder()
    {
        var (model, cells) = TaskCells.Five();
        var negative = cells(new[,] { { 1, -0.5f, 0.25f, 3, 0 } });
        foreach (var options in new[] { new(), logged, bulk })
        {
            Assert.Contains("are negative", Refused(() => Tokens(model, negative, options)));
        }
        var reference = Tokens(model, negative, logged with { Compat = Compat.Reference })[0];
        Assert.Equal([1], reference.Hidden);
        Assert.Equal([-0.5f], reference.HiddenValues);
    }

    [Fact]
    public void Genes_in_another_order_are_matched_by_name_but_not_by_the_reference_where_there_are_enough()
    {
        var (model, cells) = TaskCells.Five();
        var ordered = cells(counts);
        var backwards = ordered.SelectGenes([4, 3, 2, 1, 0]);
        Assert.Equal(Tokens(model, ordered, new())[0].Visible, Tokens(model, backwards, new())[0].Visible);
        Assert.NotEqual(Tokens(model, ordered, new())[0].Visible, Tokens(model, backwards, new() { GenesInOrder = true })[0].Visible);
        var reference = Tokens(model, backwards, new() { Compat = Compat.Reference })[0].Visible;
        Assert.Equal(Tokens(model, backwards, new() { GenesInOrder = true })[0].Visible, reference[..^2]); // T and S behind them
        var six = new AnnData(new CsrMatrix(1, 6, [0, 1], [0], [1]), ["a"], ["A", "B", "C", "D", "E", "F"]);
        Refused("The matrix has 6 genes, and the reference matches names only where there are fewer than 5; expected fewer, or 5 in the model's order.",
            () => Tokens(model, six, new() { Compat = Compat.Reference }));
        Refused("The matrix has 4 genes, to be taken in their order; expected 5, as the model.", () => Tokens(model, ordered.SelectGenes([0, 1, 2, 3]), new() { GenesInOrder = true }));
    }

    [Fact]
    public void Genes_of_one_name_are_added_up_as_counts_where_the_values_are_logarithms()
    {
        var (model, cells) = TaskCells.Five();
        var raw = cells(counts);
        string[] twice = ["A", "A", "C", "D", "E"];
        var doubled = new AnnData(raw.X, raw.ObsNames, twice);
        var doubledLogs = new AnnData(Normalisation.LogNormalise(raw.X), raw.ObsNames, twice);
        var (expected, found) = (Tokens(model, doubled, new()), Tokens(model, doubledLogs, logged));
        for (var cell = 0; cell < 3; cell++)
        {
            Assert.InRange(TaskCells.LargestDifference(expected[cell].VisibleValues, found[cell].VisibleValues), 0, 2e-6);
            Assert.Equal(expected[cell].SourceDepth, found[cell].SourceDepth, 1e-6f);
        }
    }

    [Fact]
    public void A_cell_of_one_count_has_a_depth_of_zero_that_the_reference_s_encoder_does_not_see()
    {
        var (model, cells) = TaskCells.Five();
        var one = cells(new float[,] { { 0, 1, 0, 0, 0 } });
        var plain = Tokens(model, one, new())[0];
        Assert.Equal((0, 0, 3), (plain.SourceDepth, plain.TargetDepth, plain.VisibleCount));
        Assert.All(Embedding.Run(model, one).Values, value => Assert.True(float.IsFinite(value)));
        var like = new InputOptions { Compat = Compat.Reference };
        Refused("Cell 0 ('cell-0') has 2 values above zero, T and S included; the reference expects 3 or more.", () => Tokens(model, one, like, Depth.Parse("t4")));
        var two = cells(new float[,] { { 0, 1, 1, 0, 0 } });
        Assert.Equal([1, 2, 5, 6], Tokens(model, two, like)[0].Visible); // the positions behind the genes are T and S
    }

    [Fact]
    public void A_cell_keeps_its_own_depth_where_less_is_asked_unless_the_reference_is()
    {
        var (model, cells) = TaskCells.Five();
        var raw = cells(new float[,] { { 1, 9999, 0, 0, 0 }, { 1, 9, 0, 0, 0 } });
        Assert.Equal([4, 2], Tokens(model, raw, new(), Depth.Absolute(100)).Select(cell => cell.TargetDepth));
        Assert.Equal([2, 2], Tokens(model, raw, new() { Compat = Compat.Reference }, Depth.Absolute(100)).Select(cell => cell.TargetDepth));
    }

    [Theory]
    [InlineData("f0.5", "The depth f0.5 asks for less than was observed; expected at least the cell's own depth (f1).")]
    [InlineData("a-1", "The depth a-1 asks for less than was observed; expected at least the cell's own depth (a0).")]
    [InlineData("t0", "The depth t0 asks for less than was observed; expected a total of more than 1 count (above t0).")]
    [InlineData("t-2", "The depth t-2 asks for less than was observed; expected a total of more than 1 count (above t0).")]
    public void A_depth_below_that_of_every_cell_is_refused(string depth, string sentence)
    {
        var (model, cells) = TaskCells.Five();
        Assert.Equal(sentence, Assert.Throws<ArgumentException>(() => Tokens(model, cells(counts), new(), Depth.Parse(depth))).Message);
        Assert.Equal(3, Tokens(model, cells(counts), new() { Compat = Compat.Reference }, Depth.Parse(depth)).Length);
    }

    [Fact]
    public void A_value_that_the_reference_takes_for_padding_is_embedded_and_not_decoded_there()
    {
        var (model, cells) = TaskCells.Five(); // of 4 bins: 6 is the mask, 7 the padding
        var odd = cells(new[,] { { 7, 6, 0.5f, 1.25f, 0 } });
        var like = logged with { Compat = Compat.Reference };
        var token = Tokens(model, odd, like)[0];
        Assert.Equal([0], token.Padding);
        Assert.True(float.IsNaN(token.VisibleValues[1]));
        Assert.Equal(1, Embedding.Run(model, odd, new EmbeddingOptions { Input = like }).Rows);
        Refused("Cell 0 has a value equal to 7, which the reference takes for padding and cannot decode; expected Compat.Sensible.",
            () => Enhancement.Run(model, odd, new EnhancementOptions { Input = like }));
    }

    private static CellTokens[] Tokens(ScFoundationModel model, AnnData cells, InputOptions options, Depth depth = default) =>
        ModelProfiles.Read(model, cells, options, aliases: null).Tokens(depth, _ => null);

    private static string Refused(Action run) => Assert.Throws<InvalidDataException>(run).Message;

    private static void Refused(string sentence, Action run) => Assert.Equal(sentence, Refused(run));
}
