using ScFm.Model.Cells;
using ScFm.Model.Tables;

namespace ScFm.Model.Tests.Cells;

public sealed class TenxFolderTests
{
    private const string Header = "%%MatrixMarket matrix coordinate integer general\n";

    [Fact]
    public void Pbmc3k_is_read_with_its_labels()
    {
        var cells = AnnDataReader.Read(TestFolders.Real("pbmc3k"));

        Assert.Equal((2700, 32738, 2286884L), (cells.CellCount, cells.GeneCount, cells.X.NonZeros));
        Assert.Equal((548.0, 2197.0, 15844.0), (cells.X.RowSums().Min(), Median(cells.X.RowSums()), cells.X.RowSums().Max()));
        var labels = Assert.IsType<CategoryColumn>(cells.Obs["cell_type"]);
        Assert.Equal(9, labels.Categories.Count);
        Assert.Equal(62, Enumerable.Range(0, cells.CellCount).Count(row => labels[row] is null));
        Assert.Equal("Memory CD4 T", labels[0]);
    }

    [Fact]
    public void Symbols_name_the_genes_and_Ensembl_ids_are_kept()
    {
        var cells = AnnDataReader.Read(TestFolders.Real("pbmc-facs"));

        Assert.Equal("RP11-34P13.7", cells.VarNames[0]);
        Assert.Equal("ENSG00000238009", cells.Var["gene_ids"].Text(0));
        Assert.Equal(21952 - 21916, cells.GeneCount - cells.VarNames.Distinct().Count());
    }

    [Fact]
    public void Columns_of_cells_tsv_get_the_type_of_their_values()
    {
        var obs = AnnDataReader.Read(TestFolders.Real("pollen-brain")).Obs;

        Assert.IsType<IntegerColumn>(obs["NREADS"]);
        Assert.IsType<CategoryColumn>(obs["Coverage_Type"]);
        Assert.Null(obs["Cluster1"][2]);
    }

    [Fact]
    public void Labels_are_joined_by_name_and_not_by_order()
    {
        using var folder = Small(Header + "2 3 3\n1 1 5\n2 2 6\n1 3 7\n");
        folder.Write("cells.tsv", "cell\tkind\tsize\nc3\tx\t3.5\nc1\ty\t\n");

        var cells = AnnDataReader.Read(folder.Path);

        Assert.Equal(["y", "", "x"], Texts(cells.Obs["kind"]));
        Assert.Equal([double.NaN, double.NaN, 3.5], ((NumberColumn)cells.Obs["size"]).Values.ToArray());
        Assert.Contains("no row for 1 of 3 cells", Assert.Single(cells.Notes));
    }

    [Fact]
    public void Entries_in_any_order_give_sorted_rows_and_sums()
    {
        using var folder = Small(Header + "% a comment\n2 3 5\n2 3 1\n1 3 2\n2 1 4\n1 1 0\n2 3 5\n");

        var x = AnnDataReader.Read(folder.Path).X;

        Assert.Equal([0, 4, 0, 0, 2, 6], x.ToDense().Values);
        Assert.Equal([0L, 1, 1, 3], x.Offsets);
    }

    [Fact]
    public void Antibodies_are_left_out_and_named_in_a_note()
    {
        using var folder = Small(Header + "2 3 3\n1 1 5\n2 2 6\n1 3 7\n");
        folder.Write("features.tsv", "ENSG1\tA\tGene Expression\nAb1\tCD3\tAntibody Capture\n");

        var cells = AnnDataReader.Read(folder.Path);

        Assert.Equal(["A"], cells.VarNames);
        Assert.Equal([5, 0, 7], cells.X.ToDense().Values);
        Assert.Contains("1 Antibody Capture", Assert.Single(cells.Notes));
    }

    [Theory]
    [InlineData("2 3 4\n1 1 5\n2 2 6\n1 3 7\n", "has 3 entries; expected the 4")]
    [InlineData("2 3 2\n1 1 5\n2 2 6\n1 3 7\n", "more entries than the 2")]
    [InlineData("2 3 1\n1 1 -5\n", "line 3: the value is -5; expected a count")]
    [InlineData("2 3 1\n1 1 nan\n", "line 3: found '1 1 nan'")]
    [InlineData("2 3 1\n1 1 2.5\n", "expected a row, a column and a whole number")]
    [InlineData("2 3 1\n3 1 5\n", "stands at row 3, column 1; expected 1 to 2 and 1 to 3")]
    [InlineData("2 3 1\n0 1 5\n", "stands at row 0")]
    [InlineData("2 3\n", "the size line is '2 3'")]
    [InlineData("9 3 1\n1 1 5\n", "has 9 rows and 3 columns; expected 2")]
    [InlineData("2 3 99999999999\n", "at most rows times columns")]
    [InlineData("2 3 7\n1 1 5\n1 2 5\n1 3 5\n2 1 5\n2 2 5\n2 3 5\n1 1 5\n", "the size line is '2 3 7'; expected three whole numbers: rows, columns and entries, at most rows times columns")]
    public void A_damaged_matrix_is_named_in_the_error(string body, string expected)
    {
        using var folder = Small(Header + body);

        var error = Assert.Throws<InvalidDataException>(() => AnnDataReader.Read(folder.Path));

        Assert.Contains("matrix.mtx", error.Message);
        Assert.Contains(expected, error.Message);
    }

    [Fact]
    public void A_matrix_without_a_zero_has_as_many_entries_as_rows_times_columns()
    {
        using var folder = Small(Header + "2 3 6\n1 1 5\n1 2 6\n1 3 7\n2 1 8\n2 2 9\n2 3 10\n");

        Assert.Equal([5, 8, 6, 9, 7, 10], AnnDataReader.Read(folder.Path).X.Values);
    }

    [Theory]
    [InlineData("hello\n", "is not a matrix: it begins with 'hello'")]
    [InlineData("", "is not a matrix")]
    [InlineData("%%MatrixMarket matrix array real general\n2 3\n", "expected 'matrix coordinate integer general'")]
    public void What_is_not_a_matrix_is_named_in_the_error(string text, string expected)
    {
        using var folder = Small(text);

        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => AnnDataReader.Read(folder.Path)).Message);
    }

    [Fact]
    public void A_header_that_promises_more_than_the_file_can_hold_is_refused_before_memory_is_asked_for()
    {
        using var folder = Small(Header + "1000 1000 900000\n1 1 1\n");
        folder.Write("features.tsv", string.Concat(Enumerable.Range(0, 1000).Select(i => $"g{i}\n")));
        folder.Write("barcodes.tsv", string.Concat(Enumerable.Range(0, 1000).Select(i => $"c{i}\n")));

        Assert.Contains("900000 entries, more than a file of", Assert.Throws<InvalidDataException>(() => AnnDataReader.Read(folder.Path)).Message);
    }

    [Fact]
    public void NaN_in_a_real_matrix_is_refused_with_its_line()
    {
        using var folder = Small("%%MatrixMarket matrix coordinate real general\n2 3 1\n1 1 NaN\n");

        Assert.Contains("line 3: the value is NaN", Assert.Throws<InvalidDataException>(() => AnnDataReader.Read(folder.Path)).Message);
    }

    [Fact]
    public void A_truncated_gzip_file_is_named_in_the_error()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in (string[])["features.tsv.gz", "barcodes.tsv.gz"])
        {
            folder.Copy(Path.Combine(TestFolders.Sample, name));
        }
        folder.Copy(Path.Combine(TestFolders.Sample, "matrix.mtx.gz"), bytes: 100_000);

        var error = Assert.Throws<InvalidDataException>(() => AnnDataReader.Read(folder.Path));

        Assert.Contains("matrix.mtx.gz: the gzip data are broken or end early, after line ", error.Message);
    }

    [Fact]
    public void A_missing_part_of_the_folder_is_named()
    {
        using var folder = Small(Header + "2 3 0\n");
        File.Delete(folder.File("barcodes.tsv"));

        Assert.Contains("has no barcodes.tsv", Assert.Throws<FileNotFoundException>(() => AnnDataReader.Read(folder.Path)).Message);
    }

    [Fact]
    public void A_missing_path_is_named() =>
        Assert.Contains("no file or folder 'no/such/cells'", Assert.Throws<FileNotFoundException>(() => AnnDataReader.Read("no/such/cells")).Message);

    [Fact]
    public void A_table_of_other_cells_is_refused()
    {
        using var folder = Small(Header + "2 3 0\n");
        folder.Write("cells.tsv", "cell\tkind\nother\tx\n");

        Assert.Contains("begins with 'other'; expected names such as 'c1'", Assert.Throws<InvalidDataException>(() => AnnDataReader.Read(folder.Path)).Message);
    }

    [Fact]
    public void Reading_tells_its_progress_and_can_be_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var seen = new List<double>();
        var options = new ReadOptions { Progress = new Told(share => { seen.Add(share); if (share > 0.3) { stop.Cancel(); } }) };

        Assert.Throws<OperationCanceledException>(() => AnnDataReader.Read(TestFolders.Sample, options, stop.Token));
        Assert.InRange(seen[^1], 0.3, 0.9);
    }

    private static TemporaryFolder Small(string matrix)
    {
        var folder = new TemporaryFolder();
        folder.Write("matrix.mtx", matrix);
        folder.Write("features.tsv", "ENSG1\tA\tGene Expression\nENSG2\tB\tGene Expression\n");
        folder.Write("barcodes.tsv", "c1\nc2\nc3\n");
        return folder;
    }

    private static string[] Texts(Column column) => [.. Enumerable.Range(0, column.Length).Select(column.Text)];

    private static double Median(double[] values) => values.Order().Skip((values.Length - 1) / 2).Take(2 - values.Length % 2).Average();

    private sealed class Told(Action<double> action) : IProgress<double>
    {
        public void Report(double value) => action(value);
    }
}
