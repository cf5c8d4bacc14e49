using System.Globalization;
using ScFm.Model.Cells;
using ScFm.Model.Models.Geneformer;
using ScFm.Model.Tests.Cells;

namespace ScFm.Model.Tests.Models.Geneformer;

/// <summary>How cells become sequences of genes, and where the medians come from.</summary>
public sealed class RankEncodingTests
{
    private static GeneformerGenes Genes(params double[] medians) => new(new GeneVocabulary(medians.Select((_, i) => $"G{i}")), medians);

    private static AnnData Cells(float[,] counts, params string[] names)
    {
        var dense = new DenseMatrix(counts.GetLength(0), counts.GetLength(1), [.. counts.Cast<float>()]);
        return new AnnData(CsrMatrix.FromDense(dense), [.. Enumerable.Range(0, dense.Rows).Select(i => $"cell-{i}")], names);
    }

    [Fact]
    public void Genes_are_ranked_by_their_counts_over_their_medians_and_equal_ones_by_their_place()
    {
        // values over medians: G0 4 / 8, G1 3 / 1, G2 0, G3 1 / 2, G4 6 / 1
        var tokens = RankEncoding.Encode([0, 1, 2, 3, 4], [4, 3, 0, 1, 6], total: 14, Genes(8, 1, 1, 2, 1), maxLength: 10);
        Assert.Equal([6, 3, 2, 5], tokens);
        Assert.Equal([6, 3], RankEncoding.Encode([0, 1, 2, 3, 4], [4, 3, 0, 1, 6], 14, Genes(8, 1, 1, 2, 1), 2));
        Assert.Empty(RankEncoding.Encode([], [], 0, Genes(1), 2));
    }

    [Fact]
    public void Medians_are_those_of_values_that_are_not_zero_and_count_every_gene_of_a_cell()
    {
        // per 10,000: A 2,500 and 5,000 and 10,000; B 7,500 and 5,000; C is expressed once
        var cells = Cells(new float[,] { { 1, 3, 0 }, { 2, 2, 0 }, { 5, 0, 0 }, { 0, 0, 7 } }, "A", "B", "C");
        var genes = GeneformerGenes.FromCells(cells, leastCells: 2);
        Assert.Equal(["A", "B"], genes.Vocabulary.Names);
        Assert.Equal([5000, 6250], genes.Medians);
    }

    [Fact]
    public void Genes_of_one_name_are_added_up_and_unknown_ones_count_in_the_total()
    {
        var cells = Cells(new float[,] { { 1, 3, 2, 4 } }, "A", "B", "A", "OTHER");
        var genes = GeneformerGenes.FromCells(cells, leastCells: 1);
        Assert.Equal(["A", "B", "OTHER"], genes.Vocabulary.Names);
        Assert.Equal([3000, 3000, 4000], genes.Medians.Select(median => Math.Round(median)));

        // of a model that knows A and B alone, the cell's total is 10 all the same: ranks do not change, and neither does anything else
        var two = new GeneformerGenes(new GeneVocabulary(["B", "A"]), [1, 2]);
        Assert.Equal([[2, 3]], new RankReader(cells, two, 10).Read([0]));
    }

    [Fact]
    public void A_sketch_is_exact_while_it_keeps_values_and_within_its_error_afterwards()
    {
        var random = new Random(1);
        foreach (var count in new[] { 1, 2, 7, 1000, 1001, 50_000 })
        {
            float[] values = [.. Enumerable.Range(0, count).Select(_ => (float)Math.Exp(3 * random.NextDouble() * random.NextDouble() - 1))];
            var (exact, small) = (new MedianSketch(int.MaxValue), new MedianSketch(100));
            Array.ForEach(values, exact.Add);
            Array.ForEach(values, small.Add);
            var sorted = values.Order().ToArray();
            var median = (sorted[(count - 1) / 2] + (double)sorted[count / 2]) / 2;
            Assert.Equal(median, exact.Median);
            Assert.Equal((count, count), (exact.Count, small.Count));
            Assert.InRange(small.Median, median * (1 - MedianSketch.RelativeError) - 1e-6, median * (1 + MedianSketch.RelativeError) + 1e-6);
            Assert.Equal(count <= 100, small.Median == median);
        }
        Assert.True(double.IsNaN(new MedianSketch(10).Median));
    }

    [Fact]
    public void Medians_and_tokens_are_numpy_s()
    {
        using var folder = new TemporaryFolder();
        var cells = PlantedModules.Make(150);
        var path = folder.File("cells.h5ad");
        AnnDataWriter.Write(cells, path);
        var lines = Peer.Run($"""
            a = anndata.read_h5ad({'"'}{path}{'"'})
            x = np.asarray(a.X.todense(), dtype=np.float64)
            y = x / x.sum(1, keepdims=True) * 1e4
            medians = np.array([np.median(c[c > 0]) for c in y.T])
            print(' '.join(repr(float(m)) for m in medians))
            z = y / medians
            for row in z:
                known = np.flatnonzero(row)
                values = row[known]
                if len(np.unique(values)) < len(values): print('ties'); continue
                print(' '.join(str(g + 2) for g in known[np.argsort(-values)][:12]))
            """).Trim().Split('\n');
        var genes = GeneformerGenes.FromCells(cells, leastCells: 1);
        var expected = lines[0].Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(cells.GeneCount, expected.Length);
        Assert.All(expected.Zip(genes.Medians), pair => Assert.Equal(pair.First, pair.Second, pair.First * 1e-6));
        var tokens = new RankReader(cells, new GeneformerGenes(genes.Vocabulary, expected), 12).Read([.. Enumerable.Range(0, 150)]);
        var compared = 0;
        for (var cell = 0; cell < 150; cell++)
        {
            if (lines[1 + cell] != "ties")
            {
                Assert.Equal(lines[1 + cell], string.Join(' ', tokens[cell]));
                compared++;
            }
        }
        Assert.InRange(compared, 50, 150);
    }

    [Fact]
    public void The_published_genes_are_read_and_found_by_symbol_and_by_id()
    {
        var (tokens, medians, symbols) = (TestFolders.Real("vocab/geneformer_token_dictionary.tsv.gz"), TestFolders.Real("vocab/geneformer_gene_median.tsv.gz"), TestFolders.Real("vocab/geneformer_gene_name_id.tsv.gz"));
        var genes = GeneformerGenes.Read(tokens, medians);
        Assert.Equal((25_424, 25_426), (genes.Vocabulary.Count, genes.Tokens));
        Assert.Equal(2.001186019549122, genes.Medians[0]);
        var aliases = GeneAliases.Read(symbols);
        Assert.Equal(genes.TokenOf("ENSG00000010610"), genes.TokenOf("CD4", aliases));
        Assert.Equal(genes.TokenOf("ENSG00000010610"), genes.TokenOf("ENSG00000010610.14"));
        Assert.Contains("does not know the gene 'CD4'", Assert.Throws<ArgumentException>(() => genes.TokenOf("CD4")).Message);
    }

    [Fact]
    public void Cells_and_tables_that_cannot_be_read_say_why()
    {
        using var folder = new TemporaryFolder();
        var genes = Genes(1, 1);
        var strange = Assert.Throws<InvalidDataException>(() => new RankReader(Cells(new float[,] { { 1, 2 } }, "X", "Y"), genes, 10));
        Assert.Contains("None of the 2 genes", strange.Message);
        var empty = Assert.Throws<InvalidDataException>(() => new RankReader(Cells(new float[,] { { 1, 2 }, { 0, 3 } }, "G0", "Y"), genes, 10).Read([1]));
        Assert.Contains("Cell 1 ('cell-1') expresses none of the model's 2 genes", empty.Message);
        var logged = Assert.Throws<InvalidDataException>(() => new RankReader(Cells(new float[,] { { 0.5f, 2 } }, "G0", "G1"), genes, 10).Read([0]));
        Assert.Contains("Raw counts are needed", logged.Message);
        Assert.Contains("The median of G1 is 0", Assert.Throws<ArgumentException>(() => Genes(1, 0)).Message);
        Assert.Contains("None of the 2 genes is expressed in 5", Assert.Throws<InvalidDataException>(() => GeneformerGenes.FromCells(Cells(new float[,] { { 1, 2 } }, "A", "B"), leastCells: 5)).Message);

        string Table(string name, string text)
        {
            File.WriteAllText(folder.File(name), "key\tvalue\n" + text);
            return folder.File(name);
        }
        var medians = Table("medians.tsv", "A\t2.5\nB\t1\n");
        Assert.Equal([2.5, 1], GeneformerGenes.Read(Table("good.tsv", "<pad>\t0\n<mask>\t1\nA\t2\nB\t3\n"), medians).Medians);
        Assert.Contains("the token 7", Assert.Throws<InvalidDataException>(() => GeneformerGenes.Read(Table("hole.tsv", "<pad>\t0\n<mask>\t1\nA\t7\n"), medians)).Message);
        Assert.Contains("<cls>", Assert.Throws<InvalidDataException>(() => GeneformerGenes.Read(Table("second.tsv", "<pad>\t0\n<cls>\t1\nA\t2\n"), medians)).Message);
        Assert.Contains("no median for 'C'", Assert.Throws<InvalidDataException>(() => GeneformerGenes.Read(Table("more.tsv", "<pad>\t0\n<mask>\t1\nA\t2\nC\t3\n"), medians)).Message);
    }
}
