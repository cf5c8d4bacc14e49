using ScFm.Model.Cells;
using ScFm.Model.Tables;

namespace ScFm.Model.Tests.Cells;

public sealed class GeneMappingTests
{
    [Fact]
    public void Pbmc3k_has_the_published_number_of_genes_of_the_scFoundation_vocabulary()
    {
        var cells = AnnDataReader.Read(TestFolders.Real("pbmc3k"));
        var vocabulary = GeneVocabulary.Read(TestFolders.Real("vocab/OS_scRNA_gene_index.19264.tsv"));

        var (plain, direct) = GeneMapping.Map(cells, vocabulary);
        var (mapped, report) = GeneMapping.Map(cells, vocabulary, GeneAliases.Read(TestFolders.Real("vocab/hgnc_alias.tsv.gz")));

        Assert.Equal(19264, vocabulary.Count);
        Assert.Equal(17695, direct.Matched);
        Assert.Equal(18773, report.Reachable);
        Assert.Equal(17695, report.Direct.Count);
        Assert.Equal(18770, report.Matched); // an alias of two genes reaches both and fills one
        Assert.Equal(19264, report.Matched + report.Missing.Count);
        Assert.Equal(cells.GeneCount, report.Direct.Count + report.Renamed.Count + report.ById.Count + report.Dropped.Count + report.DroppedAliases.Count);
        Assert.Equal((2700, 19264), (mapped.CellCount, mapped.GeneCount));
        Assert.True(plain.X.NonZeros < mapped.X.NonZeros);
        TestContext.Current.TestOutputHelper?.WriteLine(report.ToString());
    }

    [Fact]
    public void Every_column_of_the_result_is_the_column_of_its_gene()
    {
        var cells = AnnDataReader.Read(TestFolders.Sample);
        var vocabulary = new GeneVocabulary(["NOT-THERE", "LYZ", "CD3D", "MT-CO1"]);

        var (mapped, report) = GeneMapping.Map(cells, vocabulary);

        Assert.Equal(vocabulary.Names, mapped.VarNames);
        Assert.Equal(["NOT-THERE"], report.Missing);
        var (all, four) = (cells.X.ToDense(), mapped.X.ToDense());
        for (var gene = 0; gene < vocabulary.Count; gene++)
        {
            var at = Array.IndexOf(cells.VarNames, vocabulary.Names[gene]);
            for (var cell = 0; cell < cells.CellCount; cell++)
            {
                Assert.Equal(at < 0 ? 0 : all[cell, at], four[cell, gene]);
            }
        }
        Assert.Equal(four.Values.Sum() / all.Values.Sum(), report.CountShare, 1e-6);
        Assert.Equal(0.75, report.VocabularyShare);
    }

    [Fact]
    public void Genes_are_found_by_id_version_stripped_and_by_alias_and_duplicates_are_summed()
    {
        // Columns:       B      B    id of A               old name of C  nothing known
        string[] genes = ["B", "B", "ENSG00000000001.7", "OLDC", "WHO"];
        var cells = Cells(genes, [1, 2, 4, 8, 16]);
        var vocabulary = new GeneVocabulary(["A", "B", "C", "D"], ["ENSG00000000001", null, null, null]);

        var (mapped, report) = GeneMapping.Map(cells, vocabulary, new GeneAliases().Add("OLDC", "C"));

        Assert.Equal([4, 3, 8, 0], mapped.X.ToDense().Values);
        Assert.Equal(["B", "B"], report.Direct);
        Assert.Equal([("ENSG00000000001.7", "A")], report.ById);
        Assert.Equal([("ENSG00000000001.7", "A")], report.VersionStripped);
        Assert.Equal([("OLDC", "C")], report.Renamed);
        Assert.Equal(["B"], report.Summed);
        Assert.Equal(["WHO"], report.Dropped);
        Assert.Equal(["D"], report.Missing);
        Assert.Equal(15.0 / 31, report.CountShare, 1e-9);
        Assert.Equal(8, report.ToTable().RowCount);
        Assert.Equal("ENSG00000000001", mapped.Var["gene_ids"].Text(0));
    }

    [Fact]
    public void An_alias_of_a_gene_that_is_there_under_its_own_name_is_left_out()
    {
        var aliases = new GeneAliases().Add("HNRNPU-AS1", "HNRNPU").Add("X", "HNRNPU").Add("X", "Y");

        var (mapped, report) = GeneMapping.Map(Cells(["HNRNPU-AS1", "HNRNPU", "X"], [1, 2, 4]), new GeneVocabulary(["HNRNPU", "Y"]), aliases);

        Assert.Equal([2, 4], mapped.X.ToDense().Values);
        Assert.Equal(["HNRNPU-AS1"], report.DroppedAliases);
        Assert.Equal([("X", "Y")], report.Renamed);
    }

    [Fact]
    public void Ensembl_named_lines_are_mapped_by_a_table_of_ids()
    {
        var table = GeneAliases.Read(TestFolders.Real("vocab/GENCODEv44_Gene_id2name.csv.gz"));
        var (mapped, _) = GeneMapping.Map(Cells(["ENSG00000141510.18", "ENSG00000090382"], [3, 5]), new GeneVocabulary(["LYZ", "TP53"]), table);
        var (back, _) = GeneMapping.Map(Cells(["LYZ", "TP53"], [3, 5]), new GeneVocabulary(["ENSG00000141510", "ENSG00000090382"]), table);

        Assert.Equal([5, 3], mapped.X.ToDense().Values);
        Assert.Equal([5, 3], back.X.ToDense().Values);
    }

    [Theory]
    [InlineData("vocab/geneformer_gene_name_id.tsv.gz", "ENSG00000210049", "MT-TF")]
    [InlineData("vocab/scfm_datamix_var.csv", "ENSG00000186092", "OR4F5")]
    [InlineData("vocab/GENCODEv44_Gene_id2name.csv.gz", "ENSG00000290825", "DDX11L2")]
    [InlineData("vocab/hgnc_alias.tsv.gz", "NCRNA00181", "A1BG-AS1")]
    public void Every_kind_of_alias_table_is_read(string table, string alias, string name) =>
        Assert.Contains(name, GeneAliases.Read(TestFolders.Real(table)).NamesOf(alias));

    [Fact]
    public void No_gene_in_common_is_an_error_with_examples_of_both_sides()
    {
        var error = Assert.Throws<InvalidDataException>(() => GeneMapping.Map(Cells(["a", "b"], [1, 1]), new GeneVocabulary(["A", "B", "C", "D"])));

        Assert.Contains("None of the 2 genes of the cells (a, b) is among the 4 of the vocabulary (A, B, C, ...)", error.Message);
    }

    private static AnnData Cells(string[] genes, float[] counts) =>
        new(CsrMatrix.FromDense(new DenseMatrix(1, genes.Length, counts)), ["cell"], genes);
}
