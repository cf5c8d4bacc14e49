using ScFm.Model.GeneSets;

namespace ScFm.Model.Tests.GeneSets;

public sealed class GeneSetFileTests
{
    [Theory]
    [InlineData("h.all.v7.0.symbols.gmt", 50)]
    [InlineData("c2.cp.kegg.v7.5.1.symbols.gmt", 186)]
    [InlineData("enrichr.GO_Biological_Process_2021.gmt", 6036)]
    [InlineData("Reactome_2016.txt", 1530)]
    public void Published_collections_are_read_whole(string file, int count)
    {
        var sets = GeneSetFile.Read(Path.Combine(TestFolders.Real("genesets"), file));

        Assert.Equal(count, sets.Count);
        Assert.All(sets, set => Assert.True(set.Genes.Count > 0 && set.Genes.All(gene => gene.Length > 0 && !gene.Contains(',') && gene == gene.Trim())));
    }

    [Fact]
    public void Weights_of_enrichr_are_left_out_and_a_gene_named_twice_counts_once()
    {
        var set = Assert.Single(Read("DNA repair_R-HSA-73942\t\tALKBH3,1.0\tASCC1,1.0\tALKBH3,1.0\t\n"));

        Assert.Equal(("DNA repair_R-HSA-73942", ""), (set.Name, set.Description));
        Assert.Equal(["ALKBH3", "ASCC1"], set.Genes);
    }

    [Theory]
    [InlineData("", "holds no gene set")]
    [InlineData("A\tnone\tX\nB\n", "Line 2 of '*' has 1 field between tabs; expected a name, a description and one gene or more.")]
    [InlineData("A\tnone\t\n", "'A', has no genes")]
    [InlineData("\tnone\tX\n", "begins with a tab")]
    [InlineData("A\tnone\tX\nA\tnone\tY\n", "Line 2 of '*' names the gene set 'A' again, as line 1")]
    [InlineData("A\tnone\tX\0Y\n", "binary")]
    public void A_file_that_is_no_collection_is_refused_with_its_line(string text, string message)
    {
        var error = Assert.Throws<InvalidDataException>(() => Read(text)).Message;

        Assert.All(message.Split('*'), part => Assert.Contains(part, error));
    }

    [Fact]
    public void A_gzipped_file_is_read_as_a_plain_one()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("sets.gmt.gz");
        using (var writer = new StreamWriter(new System.IO.Compression.GZipStream(File.Create(path), System.IO.Compression.CompressionLevel.Fastest)))
        {
            writer.Write("ONE\tfirst\tA\tB\n\nTWO\tsecond\tC\n");
        }
        Assert.Equal([("ONE", 2), ("TWO", 1)], GeneSetFile.Read(path).Select(set => (set.Name, set.Genes.Count)));
    }

    private static IReadOnlyList<GeneSet> Read(string text)
    {
        using var folder = new TemporaryFolder();
        return GeneSetFile.Read(folder.Write("sets.gmt", text));
    }
}
