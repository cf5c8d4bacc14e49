using ScFm.Model.Cells;
using ScFm.Model.Models.ScBert;
using ScFm.Model.Tasks;
using ScFm.Model.Tests.Training;
using TorchSharp;

namespace ScFm.Model.Tests.Models.ScBert;

/// <summary>What users do with a model: embed cells, save and load, read published files and gene vectors.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class ScBertModelTests
{
    private static ScBertModel Model(AnnData cells) => ScBertModel.Create(ScBertTrainingTests.Small.Config, new GeneVocabulary(cells.VarNames), seed: 5);

    [Fact]
    public void A_cell_s_vector_has_the_same_bits_alone_and_in_any_company()
    {
        var cells = LeveledGenes.Make(40);
        var model = Model(cells);
        var together = model.Embed(cells);
        Assert.Equal((40, 24), (together.Rows, together.Columns));
        var backwards = model.Embed(cells.SelectCells([.. Enumerable.Range(0, 40).Reverse()]));
        for (var cell = 0; cell < 40; cell++)
        {
            Assert.Equal(together.Row(cell), backwards.Row(39 - cell));
            Assert.Equal(together.Row(cell), model.Embed(cells.SelectCells([cell])).Row(0));
        }
    }

    [Fact]
    public void Cells_of_several_batches_keep_their_order()
    {
        var cells = LeveledGenes.Make(60);
        // so wide that a batch holds few cells
        var model = ScBertModel.Create(new() { Width = 1024, Layers = 1, Heads = 1, HeadWidth = 4 }, new GeneVocabulary(cells.VarNames));
        var done = new List<int>();
        var together = model.Embed(cells, progress: new Done(done.Add));
        Assert.True(done.Count > 1);
        Assert.Equal(60, done[^1]);
        Assert.Equal(together.Values, model.Embed(cells).Values);
        Assert.All(Enumerable.Range(0, 60).Where(cell => cell % 7 == 0), cell => Assert.Equal(together.Row(cell), model.Embed(cells.SelectCells([cell])).Row(0)));
    }

    [Fact]
    public void A_cell_without_counts_has_a_vector_and_bin_0_everywhere()
    {
        var cells = LeveledGenes.Make(3);
        var counts = cells.X.ToDense();
        counts.Row(1).Clear();
        var empty = new AnnData(CsrMatrix.FromDense(counts), cells.ObsNames, cells.VarNames);
        var model = Model(cells);
        Assert.Empty(new BinReader(empty, model.Genes, model.Config).Read([1])[0].Genes);
        Assert.All(model.Embed(empty).Values, value => Assert.True(float.IsFinite(value)));
    }

    [Theory]
    [InlineData(1, 10_001, 0)]
    [InlineData(1, 9_999, 1)]
    [InlineData(3, 10_001, 1)]
    [InlineData(3, 9_999, 2)]
    [InlineData(1, 1_500, 2)]
    [InlineData(15, 9_999, 4)]
    [InlineData(31, 9_999, 5)]
    [InlineData(500, 1_000, 5)]
    public void A_bin_is_the_whole_part_of_log2_of_one_and_the_counts_per_10_000(float count, double total, int bin)
    {
        var cell = Binning.Of([7], [count], total, largestBin: 5);
        Assert.Equal(bin == 0 ? [] : [bin], cell.Bins);
        Assert.Equal(bin == 0 ? [] : [7], cell.Genes);
    }

    [Fact]
    public void A_saved_model_gives_the_same_vectors_and_its_file_carries_published_names()
    {
        using var folder = new TemporaryFolder();
        var cells = LeveledGenes.Make(12);
        var model = Model(cells);
        var path = folder.File("model.safetensors");
        model.Save(path);
        var loaded = Assert.IsType<ScBertModel>(ModelFiles.Open(path));
        Assert.Equal(model.Config, loaded.Config);
        Assert.Equal(model.Genes.Names, loaded.Genes.Names);
        Assert.Equal(model.Embed(cells).Values, loaded.Embed(cells).Values);
        Assert.Contains("performer.net.layers.1.0.fn.fast_attention.projection_matrix", ScFm.Model.Files.Safetensors.Read(path).Tensors.Keys);
    }

    [Fact]
    public void The_names_of_published_weights_are_those_of_the_fixture() =>
        Assert.Equal(new ScBertCase().Golden.Under("state.").Keys.Order(), CheckpointNames.Of(new ScBertCase().Module).Keys.Order());

    [Fact]
    public void Totals_are_of_all_measured_genes_or_as_published_of_the_model_s()
    {
        var cells = LeveledGenes.Make(5);
        var few = new GeneVocabulary(cells.VarNames.SkipLast(1));
        var config = ScBertTrainingTests.Small.Config;
        var all = new BinReader(cells, few, config).Read([0])[0];
        var own = new BinReader(cells, few, config with { Compat = Compat.Reference }).Read([0])[0];
        Assert.InRange(all.Bins.Max(), 2, 4);
        Assert.Equal(5, own.Bins.Min()); // without the gene that makes up for the depth all are far above
    }

    [Theory]
    [InlineData("G0,1,2\nG1,3,4\n", "vectors.csv")]
    [InlineData("2 2\nG0 1 2\nG1 3 4\n", "vectors.txt")]
    [InlineData("gene\ta\tb\nG0\t1\t2\nG1\t3\t4\n", "vectors.tsv")]
    public void Vectors_of_genes_are_read_from_text(string text, string name)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File(name), text);
        var vectors = GeneVectors.Read(folder.File(name));
        Assert.Equal(["G0", "G1"], vectors.Genes);
        Assert.Equal([3f, 4, 1, 2], vectors.Of(new GeneVocabulary(["G1", "G0"])).Values);
        Assert.Contains("1 of the 2 genes have no vector (G7)", Assert.Throws<ArgumentException>(() => vectors.Of(new GeneVocabulary(["G1", "G7"]))).Message);
    }

    [Theory]
    [InlineData(",0,1,2\nG0,5,6,7\n", "vectors.csv")] // as pandas writes a table
    [InlineData("\t0\t1\t2\nG0\t5\t6\t7\n", "vectors.tsv")]
    [InlineData("0 1 2 3\nG0 5 6 7\n", "vectors.txt")]
    [InlineData("7157 1 2 3\nG0 5 6 7\n", "vectors.txt", 2)] // a gene that a number names is none
    public void A_header_of_numbers_is_passed_over(string text, string name, int expected = 1)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File(name), text);
        var vectors = GeneVectors.Read(folder.File(name));
        Assert.Equal(expected, vectors.Genes.Count);
        Assert.Equal([5f, 6, 7], vectors.Of(new GeneVocabulary(["G0"])).Values);
    }

    [Theory]
    [InlineData("G0,1,2\nG1,3\n", "line 2 has 1 numbers; expected 2")]
    [InlineData("G0,1,2\nG1,3,x\n", "line 2 holds 'x'")]
    [InlineData("G0,1,2\nG0,3,4\n", "'G0' has two vectors")]
    [InlineData("G0,1,NaN\n", "holds NaN")]
    [InlineData("", "no line with a vector")]
    public void Text_without_vectors_is_refused(string text, string message)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("bad.csv"), text);
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => GeneVectors.Read(folder.File("bad.csv"))).Message);
    }

    private sealed class Done(Action<int> told) : IProgress<int>
    {
        public void Report(int value) => told(value);
    }
}
