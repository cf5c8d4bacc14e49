using ScFm.Model.Cells;
using ScFm.Model.Models.ScVi;
using ScFm.Model.Tables;

namespace ScFm.Model.Tests.Tables;

public sealed class ColumnLabelsTests
{
    private static readonly IntegerColumn Donors = new("donor", [1001, 1002, 1001, 1002]);

    private static AnnData CellsWith(Column column) =>
        new(CsrMatrix.FromDense(new DenseMatrix(4, 2, [1, 2, 3, 4, 5, 6, 7, 8])), ["a", "b", "c", "d"], ["G", "H"], new Table(column));

    [Fact]
    public void Numbers_are_labels_with_all_their_digits_and_no_separators()
    {
        Assert.Equal(["1001", "1002", "1001", "1002"], ColumnLabels.Of(Donors).AsEnumerable());
        Assert.Equal(["1001", "0.1234567", null], ColumnLabels.Of(new NumberColumn("n", [1001, 0.1234567, double.NaN])).AsEnumerable());
        Assert.Equal(["true", "false"], ColumnLabels.Of(new BooleanColumn("b", [true, false])).AsEnumerable());
        Assert.Equal(["x", null, null], ColumnLabels.Of(new TextColumn("t", ["x", "", null])).AsEnumerable());
    }

    [Fact]
    public void Batches_and_groups_that_are_numbers_are_known_by_them()
    {
        var batches = CellBatches.Of(CellsWith(Donors), "donor");
        Assert.Equal(["1001", "1002"], batches.Labels);
        Assert.Equal(1, batches.Code("1002", "The cells are of"));

        var latent = new DenseMatrix(4, 1, [1, 2, 3, 4]);
        var units = GroupedUnits.Of(latent, CellsWith(Donors), new LoadingGroups { Column = "donor", Group = "1002" });
        Assert.Equal((2, 2), (units.First, units.Second));
        Assert.Equal([1.0], units.Difference());
        var error = Assert.Throws<InvalidDataException>(() => GroupedUnits.Of(latent, CellsWith(Donors), new LoadingGroups { Column = "donor", Group = "1,002" }));
        Assert.Contains("of 1001, 1002", error.Message);
    }

    [Fact]
    public void Numbers_that_agree_in_five_digits_are_different_batches()
    {
        var cells = CellsWith(new NumberColumn("dose", [1.000001, 1.000002, 1.000001, 1.000002]));
        Assert.Equal(["1.000001", "1.000002"], CellBatches.Of(cells, "dose").Labels);
        Assert.Equal(["1.000001", "1.000002"], new CellPass(cells, new VariableGeneOptions { BatchKey = "dose" }, null, TestContext.Current.CancellationToken).Batches);
    }
}
