using ScFm.Model.Cells;

namespace ScFm.Model.Tests.Cells;

public sealed class CsrMatrixTests
{
    [Theory]
    [InlineData(1, 1, 1.0)]
    [InlineData(17, 40, 0.1)]
    [InlineData(60, 5, 0.5)]
    [InlineData(8, 9, 0.0)]
    public void A_matrix_survives_transposition_permutation_and_a_dense_detour(int rows, int columns, double share)
    {
        var matrix = Random(rows, columns, share, seed: rows);
        var permutation = Enumerable.Range(0, columns).ToArray();
        new Random(3).Shuffle(permutation);
        var inverse = permutation.Select((place, column) => (place, column)).OrderBy(pair => pair.place).Select(pair => pair.column).ToArray();

        AssertEqual(matrix, matrix.Transpose().Transpose());
        AssertEqual(matrix, matrix.MapColumns(permutation, columns).MapColumns(inverse, columns));
        AssertEqual(matrix, CsrMatrix.FromDense(matrix.ToDense()));
        Assert.Equal(matrix.Transpose().RowSums(), matrix.ColumnSums());
    }

    [Fact]
    public void Transposition_puts_every_value_where_it_belongs()
    {
        var matrix = Random(13, 29, 0.3, seed: 1);
        var (dense, transposed) = (matrix.ToDense(), matrix.Transpose().ToDense());

        Assert.All(Enumerable.Range(0, 13 * 29), at => Assert.Equal(dense[at / 29, at % 29], transposed[at % 29, at / 29]));
    }

    [Fact]
    public void Mapped_columns_that_meet_are_summed_as_in_the_dense_matrix()
    {
        var matrix = Random(20, 50, 0.4, seed: 2);
        var random = new Random(7);
        var target = Enumerable.Range(0, 50).Select(_ => random.Next(-1, 12)).ToArray();

        var mapped = matrix.MapColumns(target, 12);

        var (dense, expected) = (matrix.ToDense(), new DenseMatrix(20, 12));
        for (var row = 0; row < 20; row++)
        {
            for (var column = 0; column < 50; column++)
            {
                if (target[column] >= 0)
                {
                    expected[row, target[column]] += dense[row, column];
                }
            }
        }
        Assert.Equal(expected.Values, mapped.ToDense().Values);
        for (var row = 0; row < 20; row++)
        {
            Assert.Equal(mapped.RowIndices(row).ToArray().Distinct().Order(), mapped.RowIndices(row).ToArray());
        }
    }

    [Fact]
    public void Values_that_cancel_are_not_stored()
    {
        var matrix = CsrMatrix.FromCoordinates(1, 2, [0, 0, 0], [1, 0, 1], [3, 2, -3]);

        Assert.Equal([2f], matrix.Values);
    }

    [Fact]
    public void A_value_outside_the_matrix_is_refused()
    {
        Assert.Contains("row 2; expected 0 to 1", Assert.Throws<ArgumentOutOfRangeException>(() => CsrMatrix.FromCoordinates(2, 2, [2], [0], [1])).Message);
        Assert.Contains("column -1; expected 0 to 1", Assert.Throws<ArgumentOutOfRangeException>(() => CsrMatrix.FromCoordinates(2, 2, [0], [-1], [1])).Message);
        Assert.Throws<ArgumentException>(() => Random(2, 3, 1, seed: 1).MapColumns([0, 1], 2));
    }

    [Fact]
    public void Selected_columns_come_in_the_order_that_was_asked_for()
    {
        var matrix = Random(13, 29, 0.3, seed: 2);
        int[] columns = [28, 3, 7, 0];

        var (dense, selected) = (matrix.ToDense(), matrix.SelectColumns(columns).ToDense());

        Assert.Equal((13, 4), (selected.Rows, selected.Columns));
        Assert.All(Enumerable.Range(0, 13 * 4), at => Assert.Equal(dense[at / 4, columns[at % 4]], selected[at / 4, at % 4]));
    }

    [Fact]
    public void The_first_value_that_is_not_finite_is_found_by_row_and_column()
    {
        Assert.Null(new DenseMatrix(2, 3).FirstNotFinite());
        Assert.Equal((1, 0), new DenseMatrix(2, 3, [1, 2, 3, float.NaN, 5, float.PositiveInfinity]).FirstNotFinite());
    }

    [Fact]
    public void Selected_cells_and_genes_carry_their_layers()
    {
        var cells = QualityTests.Cells(3, [1, 2, 3, 4, 5, 6]);
        cells.Layers["twice"] = CsrMatrix.FromDense(new DenseMatrix(2, 3, [2, 4, 6, 8, 10, 12]));

        var selected = cells.SelectGenes([2, 0]).SelectCells([1]);

        Assert.Equal(["g2", "g0"], selected.VarNames);
        Assert.Equal([6, 4], selected.X.ToDense().Values);
        Assert.Equal([12, 8], selected.Layers["twice"].ToDense().Values);
    }

    private static CsrMatrix Random(int rows, int columns, double share, int seed)
    {
        var random = new Random(seed);
        var values = Enumerable.Range(0, rows * columns).Select(_ => random.NextDouble() < share ? random.Next(1, 100) : 0f);
        return CsrMatrix.FromDense(new DenseMatrix(rows, columns, [.. values]));
    }

    private static void AssertEqual(CsrMatrix expected, CsrMatrix found)
    {
        Assert.Equal((expected.Rows, expected.Columns), (found.Rows, found.Columns));
        Assert.Equal(expected.Offsets, found.Offsets);
        Assert.Equal(expected.Indices, found.Indices);
        Assert.Equal(expected.Values, found.Values);
    }
}
