using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Tables;

namespace ScFm.Model.Tests.Corpora;

public sealed class CorpusTests
{
    private static readonly AnnData first = SmallCells.Of(6, ["A", "B", "C", "D"], SmallCells.Types(6, "mono", "T"), new IntegerColumn("depth", [1, 2, 3, 4, 5, 6]));
    private static readonly AnnData second = SmallCells.Of(5, ["D", "X", "B"], SmallCells.Types(5, "B", null), new NumberColumn("depth", [0.5, 1.5, 2.5, 3.5, 4.5]), new BooleanColumn("kept", [true, false, true, true, false]));

    private static Corpus Both(GeneJoin genes = GeneJoin.Inner) => Corpus.Join([Corpus.Of(first, "first"), Corpus.Of(second, "second")], genes);

    [Fact]
    public void Sources_follow_each_other_with_the_genes_that_all_have_matched_by_name()
    {
        var corpus = Both();
        var cells = corpus.Load(TestContext.Current.CancellationToken);

        Assert.Equal(["B", "D"], corpus.VarNames);
        Assert.Equal([.. first.ObsNames, .. second.ObsNames], corpus.ObsNames);
        for (var cell = 0; cell < 11; cell++)
        {
            var (source, at) = cell < 6 ? (first, cell) : (second, cell - 6);
            Assert.All(corpus.VarNames, gene => Assert.Equal(SmallCells.Value(source, at, gene), SmallCells.Value(cells, cell, gene)));
        }
        Assert.True(Rises(cells.X));
        Assert.Empty(corpus.Notes);
    }

    [Fact]
    public void Genes_that_any_has_are_zero_where_a_source_lacks_them_and_that_is_noted()
    {
        var corpus = Both(GeneJoin.Outer);
        var cells = corpus.Load(TestContext.Current.CancellationToken);

        Assert.Equal(["A", "B", "C", "D", "X"], corpus.VarNames);
        Assert.Equal(first.X.Values.Sum() + second.X.Values.Sum(), cells.X.Values.Sum());
        Assert.All(Enumerable.Range(6, 5), cell => Assert.Equal(0, SmallCells.Value(cells, cell, "A")));
        Assert.All(Enumerable.Range(0, 5), cell => Assert.Equal(SmallCells.Value(second, cell, "X"), SmallCells.Value(cells, cell + 6, "X")));
        Assert.True(Rises(cells.X));
        Assert.Equal(["'first' lacks 1 of the 5 genes; they are zero in its cells.", "'second' lacks 2 of the 5 genes; they are zero in its cells."], corpus.Notes);
    }

    [Fact]
    public void Columns_of_obs_are_widened_where_types_differ_and_missing_where_a_source_lacks_them()
    {
        var obs = Both().Obs;

        Assert.Equal([1, 2, 3, 4, 5, 6, 0.5, 1.5, 2.5, 3.5, 4.5], ((NumberColumn)obs["depth"]).Values.ToArray());
        Assert.Equal([null, null, null, null, null, null, "true", "false", "true", "true", "false"], Enumerable.Range(0, 11).Select(row => obs["kept"][row]));
        Assert.Equal(["mono", "T", "mono", "T", "mono", "T", "B", null, "B", null, "B"], Enumerable.Range(0, 11).Select(row => obs["cell_type"][row]));
        Assert.Equal([.. Enumerable.Repeat("first", 6), .. Enumerable.Repeat("second", 5)], Enumerable.Range(0, 11).Select(row => obs["source"][row]));
        Assert.IsType<IntegerColumn>(Corpus.Of(first).Obs["depth"]);
    }

    [Fact]
    public void Cells_are_read_in_the_order_asked_for_and_more_than_once()
    {
        var corpus = Both(GeneJoin.Outer);
        var all = corpus.Load(TestContext.Current.CancellationToken).X;
        int[] wanted = [10, 0, 7, 7, 5, 6];

        var read = corpus.Read(wanted, TestContext.Current.CancellationToken);

        Assert.Equal(all.SelectRows(wanted).ToDense().Values, read.ToDense().Values);
        Assert.Throws<ArgumentOutOfRangeException>(() => corpus.Read([11]));
        Assert.Throws<ArgumentOutOfRangeException>(() => corpus.Read([-1]));
    }

    [Fact]
    public void Genes_of_one_name_are_summed_and_that_is_noted()
    {
        var cells = SmallCells.Of(2, ["A", "B", "A"]);
        var corpus = Corpus.Of(cells, "double");

        Assert.Equal(["A", "B"], corpus.VarNames);
        Assert.Equal([1 + 3, 0, 0, 102], corpus.Read([0, 1]).ToDense().Values);
        Assert.Equal(["1 genes of 'double' have the name of another one; they are summed."], corpus.Notes);
    }

    [Fact]
    public void Sources_without_a_common_gene_are_refused_with_examples_of_both()
    {
        var other = SmallCells.Of(3, ["ENSG1", "ENSG2"]);
        var error = Assert.Throws<InvalidDataException>(() => Corpus.Of(first, other));
        Assert.Equal("'cells in memory 2' has none of the 4 genes (A, B, C, ...) of 'cells in memory' among its 2 (ENSG1, ENSG2); expected the same kind of names.", error.Message);
    }

    [Fact]
    public void What_is_held_out_and_what_stays_are_all_labelled_cells_each_once()
    {
        var corpus = Both();
        var without = corpus.HoldOut("cell_type", "mono", "B");

        Assert.Equal(["A-1", "A-3", "A-5"], without.ObsNames);
        Assert.Equal(["A-0", "A-2", "A-4", "D-0", "D-2", "D-4"], without.HeldOut!.ObsNames);
        Assert.Equal(without.HeldOut.ObsNames, corpus.Only("cell_type", "mono", "B").ObsNames);
        Assert.Equal(["2 cells have no cell_type, so they were left out with mono, B, which they may be."], without.Notes);
        Assert.Null(corpus.HeldOut);
        Assert.StartsWith("All 5 cells have the cell_type B or none; expected some that stay.", Assert.Throws<ArgumentException>(() => Corpus.Of(second).HoldOut("cell_type", "B")).Message);
    }

    [Fact]
    public void Numbers_and_truth_values_are_labels_too()
    {
        var corpus = Corpus.Of(SmallCells.Of(3, ["A"], new IntegerColumn("donor", [1015, 1016, 1015]), new BooleanColumn("kept", [true, false, false])), "donors");
        Assert.Equal(["A-1"], corpus.HoldOut("donor", "1015").ObsNames);
        Assert.Equal(["A-0"], corpus.Only("kept", "true").ObsNames);
    }

    [Fact]
    public void Each_label_is_left_out_in_turn()
    {
        var folds = Both().LeaveOneOut("source");
        Assert.Equal(["first", "second"], folds.Select(fold => fold.Label));
        Assert.Equal([5, 6], folds.Select(fold => fold.Corpus.CellCount));
        Assert.Equal([6, 5], folds.Select(fold => fold.Corpus.HeldOut!.CellCount));
    }

    [Fact]
    public void Unknown_labels_columns_and_genes_are_named()
    {
        var corpus = Both();
        Assert.StartsWith("No cell has the cell_type 'monocyte'; expected one of B, T, mono.", Assert.Throws<ArgumentException>(() => corpus.HoldOut("cell_type", "mono", "monocyte")).Message);
        Assert.Contains("There is no column 'celltype'", Assert.Throws<KeyNotFoundException>(() => corpus.HoldOut("celltype", "mono")).Message);
        Assert.StartsWith("All 6 cells have the cell_type mono or T or none; expected some that stay.", Assert.Throws<ArgumentException>(() => Corpus.Of(first).HoldOut("cell_type", "mono", "T")).Message);
        Assert.Contains("no gene 'NOPE'", Assert.Throws<ArgumentException>(() => corpus.SelectGenes(["B", "NOPE"])).Message);
        Assert.Contains("2 genes of 1 names", Assert.Throws<ArgumentException>(() => corpus.SelectGenes(["B", "B"])).Message);
        Assert.Contains("has 1 labels", Assert.Throws<ArgumentException>(() => Corpus.Of(first).LeaveOneOut("source")).Message);
    }

    [Fact]
    public void Chosen_genes_come_in_the_order_asked_for()
    {
        var chosen = Both(GeneJoin.Outer).SelectGenes(["X", "A"]);
        var cells = chosen.Load(TestContext.Current.CancellationToken);
        Assert.Equal(["X", "A"], cells.VarNames);
        Assert.Equal(SmallCells.Value(first, 4, "A"), SmallCells.Value(cells, 4, "A"));
        Assert.Equal(SmallCells.Value(second, 1, "X"), SmallCells.Value(cells, 7, "X"));
    }

    [Fact]
    public void A_mix_draws_the_wanted_number_of_each_without_repeats_by_its_seed()
    {
        var (many, few) = (Corpus.Of(SmallCells.Of(400, ["A", "B"]), "many"), Corpus.Of(SmallCells.Of(50, ["B", "A", "C"]), "few"));
        string[] Names(int seed) => Corpus.Mix([(many, 100), (few, 50)], seed).ObsNames;

        Assert.Equal(150, Names(1).Distinct().Count());
        Assert.Equal(100, Names(1).Count(name => name.StartsWith('A')));
        Assert.Equal(Names(1), Names(1));
        Assert.NotEqual(Names(1), Names(2));
        Assert.InRange(Names(1).Take(100).Average(name => int.Parse(name[2..])), 170, 230); // all 400 are drawn from, not the first 100
    }

    [Fact]
    public void A_mix_that_asks_for_more_cells_than_there_are_is_refused()
    {
        var corpus = Corpus.Of(first, "first");
        Assert.StartsWith("7 cells are asked of 'first', which has 6; expected 1 to 6.", Assert.Throws<ArgumentException>(() => Corpus.Mix([(corpus, 7)])).Message);
        Assert.Throws<ArgumentException>(() => corpus.Subsample(0));
    }

    [Fact]
    public void Parts_of_one_source_are_read_as_one_source()
    {
        var counted = new CountedReads(first);
        var corpus = Corpus.Of(counted, "first");
        var mixed = Corpus.Mix([(corpus.Only("cell_type", "mono"), 2), (corpus.Only("cell_type", "T"), 2)]);
        mixed.Read([0, 1, 2, 3], TestContext.Current.CancellationToken);
        Assert.Equal(1, counted.Reads);
    }

    [Fact]
    public void Identity_changes_with_cells_their_order_and_genes()
    {
        var corpus = Both();
        string[] identities = [corpus.Identity, corpus.Subsample(10).Identity, corpus.SelectGenes(["D", "B"]).Identity, corpus.HoldOut("cell_type", "B").Identity, Corpus.Of(second, first).Identity];
        Assert.Equal(5, identities.Distinct().Count());
        Assert.Equal(corpus.Identity, Both().Identity);
    }

    private static bool Rises(CsrMatrix matrix) => Enumerable.Range(0, matrix.Rows).All(row => matrix.RowIndices(row).ToArray().SequenceEqual(matrix.RowIndices(row).ToArray().Distinct().Order()));
}
