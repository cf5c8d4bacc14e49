using ScFm.Model.Cells;

namespace ScFm.Model.Tests.Cells;

public sealed class CsrGatherTests
{
    [Fact]
    public void Rows_of_several_matrices_come_together_in_the_order_asked_for()
    {
        var first = CsrMatrix.FromDense(new DenseMatrix(2, 3, [1, 0, 2, 0, 0, 0]));
        var second = CsrMatrix.FromDense(new DenseMatrix(1, 3, [0, 3, 4]));
        var together = CsrMatrix.Gather([(second, 0), (first, 1), (first, 0), (second, 0)], 3);
        Assert.Equal([0, 3, 4, 0, 0, 0, 1, 0, 2, 0, 3, 4], together.ToDense().Values);
        Assert.Equal((0, 3), (CsrMatrix.Gather([], 3).Rows, CsrMatrix.Gather([], 3).Columns));
    }

    [Fact]
    public void More_values_than_an_array_holds_are_refused_before_any_is_copied()
    {
        var row = new CsrMatrix(1, 1 << 20, [0, 1 << 20], [.. Enumerable.Range(0, 1 << 20)], new float[1 << 20]);
        var rows = new (CsrMatrix, int)[2048];
        Array.Fill(rows, (row, 0));
        var error = Assert.Throws<ArgumentException>(() => CsrMatrix.Gather(rows, row.Columns));
        Assert.StartsWith("2,048 cells have 2,147,483,648 values together; expected at most 2,147,483,591 in memory", error.Message);
        Assert.StartsWith("2,048 cells have", Assert.Throws<ArgumentException>(() => row.SelectRows(new int[2048])).Message);
    }
}
