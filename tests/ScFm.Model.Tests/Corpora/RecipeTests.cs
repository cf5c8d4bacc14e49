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
    public void Files_of_one_name_are_told_apart_by_their_folders_and_again_when_replayed()
    {
        using var folder = new TemporaryFolder();
        Corpus Open(string sample, AnnData cells)
        {
            Directory.CreateDirectory(folder.File(sample));
            AnnDataWriter.Write(cells, folder.File($"{sample}/matrix.h5ad"));
            return Corpus.Open(folder.File($"{sample}/matrix.h5ad"));
        }
        var (first, second) = (Open("a", blood), Open("b", marrow));
        var both = Corpus.Join([first, second, Corpus.Open(folder.File("a/matrix.h5ad"))]);

        Assert.Equal(["a/matrix.h5ad", "b/matrix.h5ad", "a/matrix.h5ad"], new[] { 0, 60, 100 }.Select(cell => both.Obs["source"][cell]));
        Assert.Equal("matrix.h5ad", first.Obs["source"][0]);
        Assert.Equal(40, both.HoldOut("source", "a/matrix.h5ad").CellCount);
        var chosen = Corpus.Mix([(first, 30), (second, 20)], seed: 5).Only("source", "b/matrix.h5ad");
        var again = Corpus.Replay(Recipe.FromJson(chosen.Recipe.ToJson()));
        Assert.Equal(20, again.CellCount);
        Assert.Equal(chosen.Identity, again.Identity);
        Assert.Equal("b/matrix.h5ad", again.Obs["source"][0]);
    }

    [Fact]
    public void Cells_of_one_name_are_told_apart_by_numbers_and_the_same_cells_are_one_source()
    {
        var (one, other) = (Corpus.Of(blood, "cells"), Corpus.Of(marrow, "cells"));
        var both = Corpus.Join([one, other, Corpus.Of(blood, "cells")]);
        var again = Corpus.Replay(Recipe.FromJson(both.Recipe.ToJson()), marrow, blood);

        foreach (var corpus in (Corpus[])[both, again])
        {
            Assert.Equal(["cells", "cells 2", "cells"], new[] { 0, 60, 100 }.Select(cell => corpus.Obs["source"][cell]));
            Assert.Equal(["cells", "cells 2"], corpus.LeaveOneOut("source").Select(fold => fold.Label));
        }
        Assert.Equal(["cells in memory", "cells in memory 2", "cells in memory"], new[] { 0, 60, 100 }.Select(cell => Corpus.Of(blood, marrow, blood).Obs["source"][cell]));
    }

    [Fact]
    public void Corpora_joined_in_a_row_are_one_list_and_give_the_same_cells_again()
    {
        var corpus = Corpus.Of(blood, "blood");
        for (var i = 0; i < 80; i++)
        {
            corpus = Corpus.Join([corpus, Corpus.Of(i % 2 == 0 ? marrow : blood, i % 2 == 0 ? "marrow" : "blood")], i < 40 ? GeneJoin.Outer : GeneJoin.Inner);
        }
        var again = Corpus.Replay(Recipe.FromJson(corpus.Recipe.ToJson()), marrow, blood);

        Assert.Equal(41, Assert.IsType<JoinRecipe>(corpus.Recipe).Parts.Count); // the joins of the other kind of genes, and 40 more
        Assert.Equal(corpus.Identity, again.Identity);
        Assert.Equal(corpus.Load(TestContext.Current.CancellationToken).X.Values, again.Load(TestContext.Current.CancellationToken).X.Values);
    }

    [Fact]
    public void Many_steps_are_kept_whole_and_too_many_to_be_real_are_refused()
    {
        var corpus = Corpus.Of(blood, "blood");
        for (var i = 0; i < 400; i++)
        {
            corpus = i % 2 == 0 ? corpus.Subsample(corpus.CellCount) : Corpus.Join([Corpus.Of(marrow.SelectCells([0]), "one"), corpus]);
        }
        Assert.Equal(corpus.Recipe.ToJson(), Recipe.FromJson(corpus.Recipe.ToJson()).ToJson());

        var deep = string.Concat(Enumerable.Repeat("{\"step\": \"subsample\", \"Cells\": 1, \"Seed\": 0, \"From\": ", 100_000));
        Assert.Contains("is no recipe of a corpus", Assert.Throws<InvalidDataException>(() => Recipe.FromJson(deep)).Message);
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
