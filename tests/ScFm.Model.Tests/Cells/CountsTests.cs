using ScFm.Model.Cells;

namespace ScFm.Model.Tests.Cells;

public sealed class CountsTests
{
    [Fact]
    public void Raw_counts_are_told_from_what_became_of_them()
    {
        var raw = AnnDataReader.Read(TestFolders.Sample).X;
        var sums = raw.RowSums();

        Assert.Equal(CountKind.Raw, Counts.Judge(raw).Kind);
        Assert.Equal(CountKind.LogNormalised, Counts.Judge(Normalisation.LogNormalise(raw)).Kind);
        Assert.Equal(CountKind.Normalised, Counts.Judge(Changed(raw, (row, value) => value * 1e4 / sums[row])).Kind);
        Assert.Equal(CountKind.Scaled, Counts.Judge(Changed(raw, (row, value) => value / 2.5 - 1)).Kind);
        Assert.Equal(CountKind.Invalid, Counts.Judge(Changed(raw, (row, value) => value - 2)).Kind);
        Assert.Equal(CountKind.Invalid, Counts.Judge(Changed(raw, (row, value) => value == 7 ? double.NaN : value)).Kind);
    }

    [Fact]
    public void The_base_of_the_logarithm_is_found()
    {
        var raw = AnnDataReader.Read(TestFolders.Sample).X;
        var sums = raw.RowSums();

        Assert.Equal(Math.E, Counts.Judge(Normalisation.LogNormalise(raw)).LogBase);
        Assert.Equal(2, Counts.Judge(Changed(raw, (row, value) => Math.Log2(1 + value * 1e4 / sums[row]))).LogBase);
    }

    [Fact]
    public void The_counts_of_pbmc3k_are_recovered_exactly_from_log_normalised_values()
    {
        var raw = AnnDataReader.Read(TestFolders.Real("pbmc3k"));

        var recovered = CountRecovery.Recover(Normalisation.LogNormalise(raw)).X;

        var compared = 0;
        for (var row = 0; row < raw.CellCount; row++)
        {
            if (raw.X.RowValues(row).Contains(1f))
            {
                Assert.Equal(raw.X.RowIndices(row), recovered.RowIndices(row));
                Assert.Equal(raw.X.RowValues(row), recovered.RowValues(row));
                compared++;
            }
        }
        Assert.Equal(2700, compared);
    }

    [Fact]
    public void Large_counts_survive_the_logarithm()
    {
        var raw = QualityTests.Cells(4, [1, 50_000, 123_456, 99_999]);

        Assert.Equal(raw.X.Values, CountRecovery.Recover(Normalisation.LogNormalise(raw)).X.Values);
    }

    [Fact]
    public void The_integer_part_is_taken_of_what_is_no_multiple()
    {
        // 0.5 is the smallest: 0.5, 1.2, 1.7 become 1, 2.4 and 3.4 times it, of which the integer parts remain.
        var recovered = CountRecovery.Recover(QualityTests.Cells(4, [0.5f, 1.2f, 1.7f, 30.1f]));

        Assert.Equal([1, 2, 3, 60], recovered.X.Values);
    }

    [Fact]
    public void Raw_counts_are_given_back_unchanged()
    {
        var raw = AnnDataReader.Read(TestFolders.Sample);

        Assert.Same(raw, CountRecovery.Recover(raw));
    }

    [Fact]
    public void Normalised_data_where_counts_are_needed_are_refused_with_the_way_out()
    {
        var normalised = Normalisation.LogNormalise(AnnDataReader.Read(TestFolders.Sample));

        var error = Assert.Throws<InvalidDataException>(() => Counts.Require(normalised));

        Assert.Contains("Raw counts are needed, but the values are log-normalised", error.Message);
        Assert.Contains("CountRecovery.Recover", error.Message);
        Assert.Throws<InvalidDataException>(() => Normalisation.LogNormalise(normalised));
    }

    [Theory]
    [InlineData(-3f, "are negative, the smallest -3")]
    [InlineData(float.NaN, "a value is NaN")]
    public void Negative_and_NaN_counts_are_refused(float value, string expected) =>
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => Counts.Require(QualityTests.Cells(2, [1, value]))).Message);

    [Fact]
    public void Scaled_values_cannot_be_recovered() =>
        Assert.Contains("cannot be recovered", Assert.Throws<InvalidDataException>(() => CountRecovery.Recover(QualityTests.Cells(2, [1.5f, -0.25f]))).Message);

    [Fact]
    public void A_cell_without_expressed_genes_is_named() =>
        Assert.Contains("Cell 1 ('c1') has no expressed gene among 2", Assert.Throws<InvalidDataException>(
            () => Counts.RequireExpression(QualityTests.Cells(2, [1, 2, 0, 0]))).Message);

    private static CsrMatrix Changed(CsrMatrix x, Func<int, float, double> change)
    {
        var dense = x.ToDense();
        for (var row = 0; row < x.Rows; row++)
        {
            foreach (var column in x.RowIndices(row))
            {
                dense[row, column] = (float)change(row, dense[row, column]);
            }
        }
        return CsrMatrix.FromDense(dense);
    }
}
