using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Corpora.Store;
using ScFm.Model.Tables;

namespace ScFm.Model.Tests.Corpora;

public sealed class RecipeTests
{
    private static readonly AnnData blood = SmallCells.Of(60, ["A", "B", "C"], SmallCells.Types(60, "classical monocyte", "naive B cell", "T", "NK"));
    private static readonly AnnData marrow = SmallCells.Of(40, ["B", "C", "D"], SmallCells.Types(40, "pro-B cell", "T"));

    private static Corpus EveryStep() => Corpus
        .Mix([(Corpus.Of(blood, "blood").HoldOut("cell_type", HeldOutTypes.Monocytes), 40), (Corpus.Join([Corpus.Of(marrow, "marrow"), Corpus.Of(blood, "blood")]).Only("cell_type", "T"), 10)], seed: 3, GeneJoin.Outer)
        .Subsample(30, seed: 4)
        .SelectGenes(["C", "B"]);

    [Fact]
    public void A_recipe_reads_as_one_line()
    {
        Assert.Equal(
            "(30 of (40 of (blood without cell_type classical monocyte) + 10 of ((marrow + blood) only cell_type T), seed 3, genes of any), seed 4) with 2 chosen genes",
            EveryStep().Recipe.ToString());
    }

    [Fact]
    public void A_recipe_that_went_through_json_gives_the_same_cells_with_the_same_values()
    {
        var corpus = EveryStep();
        var again = Corpus.Replay(Recipe.FromJson(corpus.Recipe.ToJson()), marrow, blood);

        Assert.Equal(corpus.ObsNames, again.ObsNames);
        Assert.Equal(corpus.Identity, again.Identity);
        Assert.Equal(corpus.Load(TestContext.Current.CancellationToken).X.ToDense().Values, again.Load(TestContext.Current.CancellationToken).X.ToDense().Values);
        Assert.Equal(corpus.Recipe.ToJson(), again.Recipe.ToJson());
    }

    [Fact]
    public void Files_are_opened_by_name_and_again_by_path()
    {
        using var folder = new TemporaryFolder();
        AnnDataWriter.Write(blood, folder.File("blood.h5ad"));
        var mixed = Corpus.Mix([(folder.File("blood.h5ad"), 20), (TestFolders.Sample, 5)], genes: GeneJoin.Outer);

        Assert.Equal("20 of blood.h5ad + 5 of pbmc-simulated, seed 0, genes of any", mixed.Recipe.ToString());
        Assert.Equal(mixed.Identity, Corpus.Replay(Recipe.FromJson(mixed.Recipe.ToJson())).Identity);
        Assert.StartsWith($"There is no corpus '{folder.File("brain")}': neither ", Assert.Throws<FileNotFoundException>(() => Corpus.Open(folder.File("brain"))).Message);
    }

    [Fact]
    public void A_store_that_was_opened_by_its_short_name_has_that_name_again()
    {
        using var folder = new TemporaryFolder();
        CorpusStore.Build(blood, folder.File("blood.corpus")).Dispose();
        CorpusStore.Build(marrow, folder.File("marrow.corpus")).Dispose();
        var corpus = Corpus.Mix((folder.File("blood"), 4), (folder.File("marrow"), 4), seed: 1).Only("source", "blood");

        var again = Corpus.Replay(Recipe.FromJson(corpus.Recipe.ToJson()));

        Assert.Equal(4, again.CellCount);
        Assert.Equal(corpus.Identity, again.Identity);
    }

    [Fact]
    public void What_has_the_very_name_comes_before_the_corpus_of_that_name()
    {
        using var folder = new TemporaryFolder();
        CorpusStore.Build(blood, folder.File("a.corpus")).Dispose();
        Directory.Move(folder.File("a.corpus"), folder.File("a"));
        CorpusStore.Build(marrow, folder.File("a.corpus")).Dispose();

        Assert.Equal(60, Corpus.Open(folder.File("a")).CellCount);
        Assert.Equal(40, Corpus.Open(folder.File("a.corpus")).CellCount);
    }

    [Fact]
    public void A_file_that_has_changed_since_is_noticed()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("blood.h5ad");
        AnnDataWriter.Write(blood, file);
        var recipe = Corpus.Open(file).Subsample(10).Recipe;
        blood.X.Values[7]++;
        try
        {
            AnnDataWriter.Write(blood, file);
        }
        finally
        {
            blood.X.Values[7]--;
        }

        Assert.StartsWith($"'{file}' has changed since the recipe was made: ", Assert.Throws<InvalidDataException>(() => Corpus.Replay(recipe)).Message);
    }

    [Fact]
    public void Cells_whose_obs_or_names_have_changed_since_are_not_the_same()
    {
        var recipe = Corpus.Of(blood, "blood").Recipe;
        AnnData With(string[] obsNames, string[] varNames, Table obs) => new(blood.X, obsNames, varNames, obs);
        Assert.Equal(60, Corpus.Replay(recipe, With(blood.ObsNames, blood.VarNames, blood.Obs)).CellCount);

        AnnData[] changed =
        [
            With(blood.ObsNames, ["A", "B", "D"], blood.Obs),
            With([.. blood.ObsNames.Reverse()], blood.VarNames, blood.Obs),
            With(blood.ObsNames, blood.VarNames, new Table(SmallCells.Types(60, "T", "NK"))),
            With(blood.ObsNames, blood.VarNames, blood.Obs.With(new NumberColumn("depth", new double[60]))),
        ];
        Assert.All(changed, cells => Assert.Contains("is not among the 1 sources given", Assert.Throws<InvalidDataException>(() => Corpus.Replay(recipe, cells)).Message));
    }

    [Fact]
    public void Cells_that_were_no_file_must_be_given_again()
    {
        var recipe = Corpus.Of(blood, "blood").Recipe;
        Assert.Contains("was no file and is not among the 1 sources given", Assert.Throws<InvalidDataException>(() => Corpus.Replay(recipe, marrow)).Message);
    }

    [Fact]
    public void Loaded_cells_keep_their_recipe()
    {
        var corpus = EveryStep();
        Assert.Equal(corpus.Recipe.ToJson(), Recipe.Of(corpus.Load(TestContext.Current.CancellationToken))!.ToJson());
        Assert.Null(Recipe.Of(blood));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"step\": \"fry\"}")]
    [InlineData("{\"step\": \"open\", \"Cells\": \"many\"}")]
    [InlineData("{\"step\": \"subsample\", \"Cells\": 5, \"Seed\": 0}")]
    [InlineData("{\"step\": \"subsample\", \"From\": null, \"Cells\": 5, \"Seed\": 0}")]
    [InlineData("{\"step\": \"join\", \"Genes\": \"Inner\"}")]
    [InlineData("{\"step\": \"join\", \"Parts\": [null], \"Genes\": \"Inner\"}")]
    [InlineData("{\"step\": \"join\", \"Parts\": [], \"Genes\": 7}")]
    [InlineData("{\"step\": \"mix\", \"Parts\": [], \"Cells\": [3], \"Seed\": 0, \"Genes\": \"Inner\"}")]
    [InlineData("{\"step\": \"only\", \"From\": {\"step\": \"join\", \"Parts\": [], \"Genes\": \"Inner\"}, \"Column\": \"a\", \"Labels\": [null]}")]
    public void What_is_no_recipe_is_refused(string json) =>
        Assert.Contains("is no recipe of a corpus", Assert.Throws<InvalidDataException>(() => Recipe.FromJson(json)).Message);
}
