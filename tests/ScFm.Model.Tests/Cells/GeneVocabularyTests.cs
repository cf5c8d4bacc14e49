using ScFm.Model.Cells;

namespace ScFm.Model.Tests.Cells;

public sealed class GeneVocabularyTests
{
    [Fact]
    public void The_published_vocabulary_is_read_in_its_order()
    {
        var vocabulary = GeneVocabulary.Read(TestFolders.Real("vocab/OS_scRNA_gene_index.19264.tsv"));

        Assert.Equal((19264, 0, 2, -1), (vocabulary.Count, vocabulary.IndexOf("A1BG"), vocabulary.IndexOf("A2M"), vocabulary.IndexOf("gene_name")));
    }

    [Fact]
    public void A_plain_list_and_a_saved_vocabulary_are_read()
    {
        using var folder = new TemporaryFolder();
        var list = GeneVocabulary.Read(folder.Write("genes.txt", "B\nA\n\nC\r\n"));
        var path = folder.File("vocabulary.json");
        new GeneVocabulary(["B", "A"], ["ENSG00000000002", null]).Save(path);
        var saved = GeneVocabulary.Read(path);

        Assert.Equal(["B", "A", "C"], list.Names);
        Assert.Equal(["B", "A"], saved.Names);
        Assert.Equal(["ENSG00000000002", null], saved.Ids!);
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length); // no temporary file is left
    }

    [Fact]
    public void Genes_of_few_cells_are_not_taken_into_a_vocabulary_made_from_cells()
    {
        // Gene g1 stands in two columns and is expressed in three cells; g2 in two.
        var cells = new AnnData(CsrMatrix.FromDense(new DenseMatrix(4, 4, [1, 0, 1, 1, 1, 1, 0, 0, 1, 0, 1, 1, 0, 1, 0, 0])), ["a", "b", "c", "d"], ["g0", "g1", "g2", "g1"]);

        Assert.Equal(["g0", "g1"], GeneVocabulary.FromCells(cells).Names);
        Assert.Equal(["g0", "g1", "g2"], GeneVocabulary.FromCells(cells, minCells: 1).Names);
        Assert.Contains("None of the 4 genes is expressed in 5", Assert.Throws<InvalidDataException>(() => GeneVocabulary.FromCells(cells, 5)).Message);
    }

    [Theory]
    [InlineData("genes.txt", "A\nB\nA\n", "Gene 2 of the vocabulary is 'A'")]
    [InlineData("genes.json", "{\"Names\": [\"A\"", "is no gene vocabulary")]
    [InlineData("genes.json", "{}", "has no 'Names'")]
    [InlineData("genes.tsv", "gene_name\tindex\nA\tx\n", "the index 'x'")]
    public void A_broken_vocabulary_names_its_file(string name, string text, string expected)
    {
        using var folder = new TemporaryFolder();

        var error = Assert.Throws<InvalidDataException>(() => GeneVocabulary.Read(folder.Write(name, text)));

        Assert.Contains(name, error.Message);
        Assert.Contains(expected, error.Message);
    }
}
