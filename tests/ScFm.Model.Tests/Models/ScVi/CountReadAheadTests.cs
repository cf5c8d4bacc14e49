using ScFm.Model.Cells;
using ScFm.Model.Models.ScVi;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Models.ScVi;

public sealed class CountReadAheadTests
{
    private static readonly AnnData Cells = new(
        CsrMatrix.FromDense(new DenseMatrix(3, 2, [1, 0, 0, 2, 3, 4])), ["a", "b", "c"], ["x", "y"]);

    private readonly CountReadAhead ahead = new(new CountReader(Cells, new long[3]), CPU);

    [Fact]
    public void Cells_are_those_asked_for_whatever_was_expected()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([2f], Values(1)); // nothing was expected
        ahead.Expect([2]);
        Assert.Equal([3f, 4], Values(2));
        ahead.Expect([2]);
        Assert.Equal([1f], Values(0)); // another one
        ahead.Expect([0]);
        ahead.Expect([1]);
        Assert.Equal([2f], Values(1));
    }

    [Fact]
    public void What_was_read_ahead_belongs_to_the_scope_that_takes_it()
    {
        ahead.Expect([2]);
        Tensor values;
        using (NewDisposeScope())
        {
            values = ahead.Take([2]).Values;
            Assert.False(values.IsInvalid);
        }
        Assert.True(values.IsInvalid);
    }

    [Fact]
    public void An_error_is_told_to_who_takes_the_cells_and_to_nobody_else()
    {
        ahead.Expect([7]);
        Assert.ThrowsAny<Exception>(() => ahead.Take([7]));
        ahead.Expect([7]);
        ahead.GiveUp();
        using var scope = NewDisposeScope();
        Assert.Equal([1f], Values(0));
    }

    private float[] Values(int cell) => ahead.Take([cell]).Values.data<float>().ToArray();
}
