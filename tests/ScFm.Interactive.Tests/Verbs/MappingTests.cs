using ScFm.Interactive.Hosting;
using ScFm.Interactive.Verbs;
using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Tables;
using ScFm.Model.Tasks.Annotation;
using ScFm.Model.Tasks.Annotation.Mapping;

namespace ScFm.Interactive.Tests.Verbs;

[Collection(nameof(OneAtATime))]
public sealed class MappingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly VerbNotebook notebook = new();

    public MappingTests()
    {
        var all = AnnDataReader.Read(TestFolders.Sample);
        notebook["reference"] = all.SelectCells([.. Enumerable.Range(0, 400).Select(i => i * 2)]);
        var others = all.SelectCells([.. Enumerable.Range(0, 100).Select(i => i * 8 + 1)]);
        others.Obs = others.Obs.With(others.Obs["cell_type"].Rename("truth")).Without("cell_type");
        notebook["cells"] = others;
    }

    private AnnData Cells => (AnnData)notebook["cells"]!;

    private AnnData Reference => (AnnData)notebook["reference"]!;

    public void Dispose() => folder.Dispose();

    private double Accuracy() => Enumerable.Range(0, Cells.CellCount).Average(cell => Cells.Obs["mapped_type"].Text(cell) == Cells.Obs["truth"].Text(cell) ? 1.0 : 0);

    [Fact]
    public void Cells_get_type_share_and_score_from_their_neighbours()
    {
        var printed = notebook.Printed("map");
        Assert.Contains("100 cells mapped to 400 in PCA 50.", printed, StringComparison.Ordinal);
        Assert.InRange(Accuracy(), 0.9, 1);
        Assert.All(((NumberColumn)Cells.Obs["mapped_type_score"]).Values.ToArray(), score => Assert.InRange(score, 0.1, 1.000001));
        Assert.All(((NumberColumn)Cells.Obs["mapped_type_none_of_these"]).Values.ToArray(), score => Assert.InRange(score, 0, 0.999));
        Assert.Contains(notebook.Shown, shown => ((string)shown.Data["text/plain"]).Contains("none of these, share above 0.95", StringComparison.Ordinal));
    }

    [Fact]
    public void Cells_are_drawn_among_the_reference_s_in_the_layout_that_it_has()
    {
        // one type at 1, all others at 0: a cell's place is the share of the votes for that type
        var types = ColumnLabels.Of(Reference.Obs["cell_type"]);
        Reference.Obsm["X_umap"] = new DenseMatrix(400, 2, [.. types.SelectMany(type => new[] { type == types[0] ? 1f : 0, 7 })]);
        notebook.Run("map");
        var (places, shares) = (Cells.Obsm["X_map"], ((NumberColumn)Cells.Obs["mapped_type_score"]).Values.ToArray());
        var called = Enumerable.Range(0, 100).ToLookup(cell => Cells.Obs["mapped_type"].Text(cell) == types[0]);
        Assert.NotEmpty(called[true]);
        Assert.Contains(shares, share => share < 0.9); // some are pulled
        Assert.All(called[true], cell => Assert.Equal(shares[cell], places[cell, 0], 1e-4));
        Assert.All(called[false], cell => Assert.InRange(places[cell, 0], 0, 1.0001 - shares[cell]));
        Assert.All(Enumerable.Range(0, 100), cell => Assert.Equal(7, places[cell, 1], 1e-4));
        var figure = Assert.Single(notebook.Shown, shown => ((string)shown.Data["text/html"]).Contains("mapped: 100 cells", StringComparison.Ordinal));
        Assert.Contains("reference: 400 cells", (string)figure.Data["text/html"], StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_layout_the_reference_gets_one_that_the_cells_do_not_change()
    {
        var classifier = NeighbourClassifier.Of(Labelled());
        var (all, few) = (classifier.Map(Cells), classifier.Map(Cells.SelectCells([0, 1, 2])));
        var (whole, part) = (JointMap.Of(classifier, all), JointMap.Of(classifier, few));
        Assert.Equal(whole.Reference.Values, part.Reference.Values);
        Assert.Equal(whole.Cells.Values[..6], part.Cells.Values);
        Assert.Contains("The layout is 3 x 2; expected 400 x 2", Assert.Throws<ArgumentException>(() => JointMap.Of(classifier, all, new DenseMatrix(3, 2))).Message, StringComparison.Ordinal);
    }

    private LabelledCells Labelled()
    {
        var types = CategoryColumn.FromLabels("cell_type", ColumnLabels.Of(Reference.Obs["cell_type"]));
        return new LabelledCells(Reference, types.Categories, [.. types.Codes]);
    }

    [Fact]
    public void Magic_and_command_line_give_the_same_and_a_model_takes_the_place_of_components()
    {
        AnnDataWriter.Write(Reference, Path.Combine(folder.Path, "reference.h5ad"));
        AnnDataWriter.Write(Cells, Path.Combine(folder.Path, "cells.h5ad"));
        notebook.Run("scvi --cells reference --epochs 1 --latent 5 --into ours");
        notebook.Run($"save \"{Path.Combine(folder.Path, "model")}\" --value ours");
        notebook.Run("map --model ours --neighbours 5 --cosine --none-above 0.9");
        Assert.Equal(0, VerbCommands.RunCommandLine(
        [
            "map", "--reference", Path.Combine(folder.Path, "reference.h5ad"), "--cells", Path.Combine(folder.Path, "cells.h5ad"), "--model", Path.Combine(folder.Path, "model"),
            "--neighbours", "5", "--cosine", "--none-above", "0.9", "--into", Path.Combine(folder.Path, "mapped.h5ad"),
        ]));
        var mapped = AnnDataReader.Read(Path.Combine(folder.Path, "mapped.h5ad"));
        Assert.Equal(ColumnLabels.Of(Cells.Obs["mapped_type"]), ColumnLabels.Of(mapped.Obs["mapped_type"]));
        var scores = ((NumberColumn)Cells.Obs["mapped_type_none_of_these"]).Values.ToArray();
        Assert.Equal(scores, ((NumberColumn)mapped.Obs["mapped_type_none_of_these"]).Values.ToArray());
        Assert.Contains(scores, score => score > 0.9);
        Assert.All(Enumerable.Range(0, 100), cell => Assert.Equal(scores[cell] > 0.9, Cells.Obs["mapped_type"][cell] is null));
    }

    [Fact]
    public void Reference_cells_without_a_label_are_left_out_and_told()
    {
        var labels = ColumnLabels.Of(Reference.Obs["cell_type"]);
        Reference.Obs = Reference.Obs.With(CategoryColumn.FromLabels("some", labels.Select((label, cell) => cell % 4 == 0 ? null : label)));
        var printed = notebook.Printed("map --labels some");
        Assert.Contains("100 of the 400 reference cells have no some; they are left out.", printed, StringComparison.Ordinal);
        Assert.Contains("100 cells mapped to 300", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void Genes_that_hardly_match_and_types_of_few_cells_are_told()
    {
        var genes = Reference.GeneCount;
        var whole = notebook.Printed("map");
        Assert.Matches(@"([\d,]+) of \1 genes found\.", whole);
        Assert.DoesNotContain("Types may be wrong", whole, StringComparison.Ordinal);

        var few = 0;
        Reference.Obs = Reference.Obs.With(CategoryColumn.FromLabels("few", ColumnLabels.Of(Reference.Obs["cell_type"]).Select(label => few++ < 19 ? "rare" : label)));
        notebook["cells"] = Cells.SelectGenes([.. Enumerable.Range(0, genes / 3)]);
        var part = notebook.Printed("map --labels few");
        Assert.Contains("Types may be wrong", part, StringComparison.Ordinal);
        Assert.Matches(@"Too few reference cells for a score for none of these above 0\.95: .*rare", part);
        Assert.DoesNotContain("rare", notebook.Printed("map --labels few --none-above 0.9"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("map --labels tissue", "There is no column 'tissue'; the columns are cell_type")]
    [InlineData("map --neighbours 0", "Neighbours is 0; expected 1 to 10000.")]
    [InlineData("map --none-above 1.5", "The score for none of these above which a cell gets no type is 1.5; expected 0 to 1.")]
    [InlineData("map --labels missing", "The 0 labelled cells are of 0 types; expected at least 2")]
    [InlineData("map --labels one", "The 400 labelled cells are of 1 type, 'only'; expected at least 2 types")]
    [InlineData("map --cells logged", "Raw counts are needed, but the values are log-normalised")]
    public void What_cannot_be_done_is_told_in_one_sentence(string line, string message)
    {
        Reference.Obs = Reference.Obs.With(CategoryColumn.FromLabels("one", Enumerable.Repeat("only", 400))).With(CategoryColumn.FromLabels("missing", Enumerable.Repeat<string?>(null, 400)));
        notebook["logged"] = Normalisation.LogNormalise(Cells);
        Assert.StartsWith(message, Assert.Throws<VerbException>(() => notebook.Run(line)).Message, StringComparison.Ordinal);
    }
}
