using ScFm.Interactive.Hosting;
using ScFm.Interactive.Verbs;
using ScFm.Model;
using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tables;
using ScFm.Model.Tasks;

namespace ScFm.Interactive.Tests.Verbs;

[Collection(nameof(OneAtATime))]
public sealed class EmbedTests(FewCells few) : IClassFixture<FewCells>
{
    private ScFoundationModel MakeModel()
    {
        var vocabulary = GeneVocabulary.Read(few.Vocabulary);
        return ScFoundationModel.Create(Presets.Find("tiny", vocabulary.Count), vocabulary, seed: 3);
    }

    private VerbNotebook Notebook()
    {
        var notebook = few.Notebook();
        notebook["model"] = MakeModel();
        return notebook;
    }

    [Fact]
    public void Every_way_of_input_reaches_the_model()
    {
        var notebook = Notebook();
        var model = (ScFoundationModel)notebook["model"]!;
        var cells = (AnnData)notebook["cells"]!;
        void Expect(string line, EmbeddingOptions options)
        {
            notebook.Run($"embed {line}");
            Assert.Equal(Embedding.Run(model, (AnnData)notebook["cells"]!, options).Values, ((AnnData)notebook["cells"]!).Obsm["X_scfm"].Values);
        }
        Expect("--pool mean --depth f10", new EmbeddingOptions { Pooling = Pooling.Mean, Depth = Depth.Fold(10) });
        Expect("--input bulk", new EmbeddingOptions { Input = new() { Kind = SampleKind.Bulk } });

        notebook["cells"] = Normalisation.LogNormalise(cells);
        Expect("--normalised t", new EmbeddingOptions { Input = new() { Scale = ValueScale.LogNormalised } });
        notebook["cells"] = GeneMapping.Map((AnnData)notebook["cells"]!, model.Vocabulary).Cells;
        Expect("--normalised t --compat reference", new EmbeddingOptions { Input = new() { Scale = ValueScale.LogNormalised, Compat = Compat.Reference } });
        Expect("--normalised t --genes-in-order", new EmbeddingOptions { Input = new() { Scale = ValueScale.LogNormalised, GenesInOrder = true } });
        var counts = cells.X.RowSums();
        cells.Obs = cells.Obs.With(new NumberColumn("n_counts", counts));
        notebook["cells"] = Normalisation.LogNormalise(cells);
        Expect("--normalised a --totals n_counts", new EmbeddingOptions { Input = new() { Scale = ValueScale.LogNormalisedWithTotals, Totals = "n_counts" } });
    }

    [Fact]
    public void Chosen_genes_get_a_vector_in_every_cell()
    {
        var notebook = Notebook();
        var names = ((ScFoundationModel)notebook["model"]!).Vocabulary.Names;
        notebook.Run($"gene-embed --genes \"{names[3]}, {names[8]}\"");
        var cells = (AnnData)notebook["cells"]!;
        Assert.Equal((40, Presets.Find("tiny", 200).DecoderWidth), (cells.Obsm[$"X_scfm_{names[3]}"].Rows, cells.Obsm[$"X_scfm_{names[3]}"].Columns));
        Assert.NotEqual(cells.Obsm[$"X_scfm_{names[3]}"].Values, cells.Obsm[$"X_scfm_{names[8]}"].Values);
    }

    [Theory]
    [InlineData("embed")]
    [InlineData("gene-embed --genes OLD")]
    [InlineData("enhance --folds 1")]
    [InlineData("assess --rate 0.5")]
    public void Aliases_are_read_by_every_verb_that_maps_genes(string line)
    {
        var aliases = few.Within("aliases.csv");
        var notebook = Notebook();
        var known = ((ScFoundationModel)notebook["model"]!).Vocabulary.Names[0];
        File.WriteAllText(aliases, $"alias,approved_symbol\nOLD,{known}\n");
        var cells = (AnnData)notebook["cells"]!;
        // the cells know nothing but one gene, under an old name
        var place = Array.IndexOf(cells.VarNames, known);
        var one = cells.SelectGenes([place]);
        var expressed = Enumerable.Range(0, one.CellCount).Where(cell => one.X.RowValues(cell) is [>= 2, ..]).ToArray();
        Assert.NotEmpty(expressed);
        notebook["cells"] = new AnnData(one.X.SelectRows(expressed), [.. expressed.Select(cell => one.ObsNames[cell])], ["OLD"]);
        line = line.Replace("OLD", known, StringComparison.Ordinal);
        Assert.StartsWith("None of the 1 genes of the cells (OLD) is among ", Assert.Throws<VerbException>(() => notebook.Run(line)).Message);
        notebook.Run($"{line} --aliases \"{aliases}\"");
    }

    [Theory]
    [InlineData("embed --normalised t", "The values are raw counts: ")]
    [InlineData("embed --depth f0.5", "The depth f0.5 asks for less than was observed; ")]
    [InlineData("embed --input tissue", "--input is 'tissue'; expected one of single, bulk.")]
    [InlineData("enhance --normalised T", "--normalised is 'T'; expected one of f, t, a.")]
    [InlineData("gene-embed --genes A --compat exact", "--compat is 'exact'; expected one of sensible, reference.")]
    [InlineData("gene-embed", "--genes has no value; expected names of genes, with commas between.")]
    [InlineData("enhance --depth a-1", "The depth a-1 asks for less than was observed; ")]
    [InlineData("embed --depth deep", "The depth is 'deep'; ")]
    [InlineData("embed --labels nothing", "There is no column 'nothing'; ")]
    [InlineData("embed --totals n", "The column 'n' of totals is given for values of the scale Counts; ")]
    [InlineData("embed --aliases /nowhere", "")]
    [InlineData("gene-embed --genes nothing", "The model has no gene 'nothing'; ")]
    [InlineData("gene-embed --genes ,", "No gene is asked for; ")]
    public void A_wrong_input_is_told_in_one_sentence_and_changes_nothing(string line, string sentence)
    {
        var notebook = Notebook();
        var before = notebook.Variables;
        var error = Assert.Throws<VerbException>(() => notebook.Run(line));
        Assert.StartsWith(sentence, error.Message);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal(before, notebook.Variables);
        Assert.Empty(((AnnData)notebook["cells"]!).Obsm);
    }
}
