using System.IO.Compression;
using ScFm.Model.Cells;

namespace ScFm.Model.Tests.Cells;

public sealed class DelimitedMatrixTests
{
    [Fact]
    public void Genes_in_rows_are_detected_by_their_Ensembl_ids()
    {
        var cells = AnnDataReader.Read(TestFolders.Real("lung-cell-lines/sc_celseq2.count.csv.gz"),
            new ReadOptions { CellTable = TestFolders.Real("lung-cell-lines/sc_celseq2.metadata.csv.gz") });

        Assert.Equal((274, 28204), (cells.CellCount, cells.GeneCount));
        Assert.Equal("ENSG00000281131", cells.VarNames[0]);
        var totals = cells.X.RowSums().Order().ToArray();
        Assert.Equal((7469.0, 157352.0), (totals[0], totals[^1]));
        var lines = Enumerable.Range(0, 274).CountBy(cells.Obs["cell_line"].Text).ToDictionary();
        Assert.Equal((114, 81, 79), (lines["H1975"], lines["H2228"], lines["HCC827"]));
    }

    [Fact]
    public void Cells_in_rows_are_detected_by_known_symbols()
    {
        var cells = AnnDataReader.Read(TestFolders.Real("baron-demo/baron_human_samp_19264_fromsaver_demo.csv"));

        Assert.Equal((10, 19264), (cells.CellCount, cells.GeneCount));
        Assert.Equal((801.0, 2074.0), (cells.X.RowSums().Min(), cells.X.RowSums().Max()));
        Assert.Equal(CountKind.Raw, Counts.Judge(cells.X).Kind);
    }

    [Theory]
    [InlineData(CellPlacement.Rows, 2, 3)]
    [InlineData(CellPlacement.Columns, 3, 2)]
    [InlineData(CellPlacement.Detect, 2, 3)]
    public void The_placement_can_be_said(CellPlacement placement, int cells, int genes)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("m.tsv", "\tp\tq\tr\n\"a\t1\"\t1\t0\t2.5\nb\t0\t-3\t1e1\n");

        var read = AnnDataReader.Read(path, new ReadOptions { Cells = placement });

        Assert.Equal((cells, genes), (read.CellCount, read.GeneCount));
        Assert.Contains("a\t1", placement == CellPlacement.Columns ? read.VarNames : read.ObsNames);
        Assert.Equal(placement == CellPlacement.Columns ? [1, 0, 0, -3, 2.5f, 10] : [1, 0, 2.5f, 0, -3, 10], read.X.ToDense().Values);
    }

    [Fact]
    public void A_scipy_archive_is_read_as_the_counts_that_raw_was_made_of()
    {
        var counts = AnnDataReader.Read(TestFolders.Real("pbmc68k-reduced/counts.npz"));

        Assert.Equal((700, 765, 174400L), (counts.CellCount, counts.GeneCount, counts.X.NonZeros));
        Assert.Equal(CountKind.Raw, Counts.Judge(counts.X).Kind);
    }

    [Theory]
    [InlineData("m.csv", "", "is empty")]
    [InlineData("m.csv", ",p,q\n", "a header of 3 names and nothing below")]
    [InlineData("m.csv", ",p,q\na,1,2\nb,1\n", "line 3: the line has 1 values; expected 2")]
    [InlineData("m.csv", ",p,q\na,1,x\n", "line 2: the value in column 3 is 'x'; expected a finite number")]
    [InlineData("m.csv", ",p,q\na,1,NaN\n", "the value in column 3 is 'NaN'")]
    [InlineData("m.csv", "\tp\tq\na\t1\t2\n", "is the separator a comma?")]
    [InlineData("m.npz", "nothing", "is no scipy sparse archive")]
    [InlineData("m.xyz", "nothing", "is no format that can be read; expected a 10x folder")]
    public void What_is_not_a_matrix_is_named_in_the_error(string name, string text, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write(name, text);

        var error = Assert.Throws<InvalidDataException>(() => AnnDataReader.Read(path));

        Assert.Contains(name, error.Message);
        Assert.Contains(expected, error.Message);
    }

    [Fact]
    public void A_gzip_matrix_truncated_anywhere_is_named_in_the_error()
    {
        using var folder = new TemporaryFolder();
        var source = TestFolders.Real("lung-cell-lines/cellmix5.count.csv.gz");
        foreach (var bytes in (int[])[10, 50_000, (int)new FileInfo(source).Length - 1])
        {
            var path = folder.Copy(source, bytes);
            Assert.Contains($"{path}: the gzip data are broken or end early", Assert.Throws<InvalidDataException>(() => AnnDataReader.Read(path)).Message);
        }
    }

    [Fact]
    public void A_gzip_file_of_several_members_is_read_to_its_end()
    {
        using var folder = new TemporaryFolder();
        using (var file = File.Create(folder.File("m.csv.gz")))
        {
            foreach (var part in (string[])[",p,q\na,1,2\n", "b,3,4\n"])
            {
                using var gzip = new GZipStream(file, CompressionMode.Compress, leaveOpen: true);
                gzip.Write(System.Text.Encoding.UTF8.GetBytes(part));
            }
        }

        Assert.Equal([1, 2, 3, 4], AnnDataReader.Read(folder.File("m.csv.gz")).X.ToDense().Values);
    }
}
