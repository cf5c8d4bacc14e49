using ScFm.Model.Cells;
using ScFm.Model.Graphs;
using ScFm.Model.Models.Magic;
using ScFm.Model.Tests.Graphs;

namespace ScFm.Model.Tests.Models.Magic;

public sealed class DiffusionOperatorTests
{
    [Fact]
    public void Four_cells_on_a_line_have_the_chances_that_are_worked_out_by_hand()
    {
        // At 0, 1, 3 and 7, each with its two nearest; the nearest one's distance is the bandwidth: 1, 1, 2 and 4.
        var neighbours = Neighbours.Find(new DenseMatrix(4, 1, [0, 1, 3, 7]), new() { Count = 3 });
        var (e1, e2, e4, e9) = (Math.Exp(-1), Math.Exp(-2.25), Math.Exp(-4), Math.Exp(-9));
        double[][] affinities =
        [
            [2, 2 * e1, e9 + e2, 0],
            [2 * e1, 2, e4 + e1, e2],
            [e9 + e2, e4 + e1, 2, e1],
            [0, e2, e1, 2],
        ];
        var found = DiffusionOperator.From(neighbours, 1).Matrix.ToDense();
        for (var cell = 0; cell < 4; cell++)
        {
            for (var other = 0; other < 4; other++)
            {
                Assert.Equal(affinities[cell][other] / affinities[cell].Sum(), found[cell, other], 1e-6);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Rows_sum_to_one_and_a_constant_does_not_change(double decay)
    {
        var diffusion = DiffusionOperator.From(Neighbours.Find(Blobs.Make(300, 4, 3, 1), new() { Count = 16 }), 5, decay);
        Assert.All(diffusion.Matrix.RowSums(), sum => Assert.Equal(1, sum, 1e-6));
        var constant = new DenseMatrix(300, 1, [.. Enumerable.Repeat(2.5f, 300)]);
        Assert.All(diffusion.Apply(constant, 10).Values, v => Assert.Equal(2.5f, v, 1e-5f));
    }

    [Fact]
    public void Applying_it_is_multiplying_with_its_power_and_not_applying_it_changes_nothing()
    {
        var diffusion = DiffusionOperator.From(Neighbours.Find(Blobs.Make(60, 3, 2, 2), new() { Count = 7 }), 3);
        var (values, matrix) = (Blobs.Make(60, 5, 1, 3), diffusion.Matrix.ToDense());
        Assert.Equal(values.Values, diffusion.Apply(values, 0).Values);
        var expected = Times(matrix, Times(matrix, Times(matrix, values)));
        var found = diffusion.Apply(values, 3);
        for (var i = 0; i < found.Values.Length; i++)
        {
            Assert.Equal(expected.Values[i], found.Values[i], 1e-4f);
        }
    }

    [Fact]
    public void Cells_that_coincide_share_with_each_other_alone()
    {
        var points = new DenseMatrix(8, 1, [0, 0, 0, 0, 9, 9, 9, 9]);
        var matrix = DiffusionOperator.From(Neighbours.Find(points, new() { Count = 6 }), 3).Matrix.ToDense();
        Assert.Equal(0.25f, matrix[0, 3], 1e-6f);
        Assert.Equal(0, matrix[0, 4]);
    }

    [Fact]
    public void A_bandwidth_from_a_neighbour_that_was_not_sought_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => DiffusionOperator.From(Neighbours.Find(Blobs.Make(20, 2, 1, 4), new() { Count = 5 }), 5));

    private static DenseMatrix Times(DenseMatrix a, DenseMatrix b)
    {
        var product = new DenseMatrix(a.Rows, b.Columns);
        for (var i = 0; i < a.Rows; i++)
        {
            for (var j = 0; j < b.Columns; j++)
            {
                product[i, j] = (float)Enumerable.Range(0, a.Columns).Sum(k => (double)a[i, k] * b[k, j]);
            }
        }
        return product;
    }
}
