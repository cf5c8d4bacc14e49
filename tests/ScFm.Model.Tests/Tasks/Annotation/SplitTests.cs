using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Tables;
using ScFm.Model.Tasks.Annotation;
using ScFm.Model.Training;
using Xunit;

namespace ScFm.Model.Tests.Tasks.Annotation;

public class SplitTests
{
    private static readonly AnnData cells = PlantedTypes.Make([40, 20, 1], unlabelled: 9);
    private static readonly int[] labels = TypeLabels.Of(cells.Obs, "cell_type").Labels;

    [Fact]
    public void A_random_split_takes_its_share_of_each_type_and_no_unlabelled_cell()
    {
        var parts = SplitDraw.Of(new AnnotationSplit { TestShare = 0.25 }, 3, cells.Obs, labels);
        Assert.Equal([10, 5, 0], Counts(parts.Test));
        Assert.Equal([30, 15, 1], Counts(parts.Training));
        Assert.Equal(Enumerable.Range(61, 9), parts.Unlabelled);
        Assert.Equal(Enumerable.Range(0, 70), parts.Training.Concat(parts.Test).Concat(parts.Unlabelled).Order());
    }

    [Fact]
    public void The_seed_fixes_a_split()
    {
        int[] Test(int seed) => SplitDraw.Of(new AnnotationSplit(), seed, cells.Obs, labels).Test;
        Assert.Equal(Test(1), Test(1));
        Assert.NotEqual(Test(1), Test(2));
    }

    [Fact]
    public void Groups_are_held_out_whole_with_their_unlabelled_cells()
    {
        var donors = ColumnLabels.Of(cells.Obs["donor"]);
        var parts = SplitDraw.Of(new AnnotationSplit { Groups = "donor", TestShare = 0.5 }, 1, cells.Obs, labels);
        var tested = parts.Test.Select(cell => donors[cell]).Distinct().ToArray();
        Assert.Equal(2, tested.Length);
        Assert.DoesNotContain(parts.Training.Concat(parts.Unlabelled), cell => tested.Contains(donors[cell]));
        Assert.NotEmpty(parts.Unlabelled);
        Assert.StartsWith("Tested on donor d", parts.Notes[0]);
    }

    [Fact]
    public void Named_groups_are_the_ones_held_out()
    {
        var parts = SplitDraw.Of(new AnnotationSplit { Groups = "donor", TestGroups = ["d2"] }, 1, cells.Obs, labels);
        Assert.All(parts.Test, cell => Assert.Equal(2, cell % 4));
        Assert.All(parts.Training, cell => Assert.NotEqual(2, cell % 4));
        Assert.Equal(15, parts.Test.Length);
    }

    [Fact]
    public void A_given_column_says_which_cells_are_tested_on()
    {
        string?[] said = ["train", "validation", "test", null];
        var obs = cells.Obs.With(CategoryColumn.FromLabels("part", Enumerable.Range(0, cells.CellCount).Select(cell => said[cell % 4])));
        var parts = SplitDraw.Of(new AnnotationSplit { Column = "part" }, 0, obs, labels);
        Assert.All(parts.Test, cell => Assert.Equal(2, cell % 4));
        Assert.All(parts.Training, cell => Assert.InRange(cell % 4, 0, 1));
        Assert.All(parts.Unlabelled, cell => Assert.InRange(cell % 4, 0, 1));
        Assert.Equal("17 cells have no part: they are left out.", parts.Notes[0]);
        Assert.StartsWith("18 cells are to validate on", parts.Notes[1]);
    }

    [Fact]
    public void A_smaller_share_of_the_labels_lies_within_a_larger_one_and_has_every_type()
    {
        int[] many = [.. Enumerable.Repeat(0, 200), .. Enumerable.Repeat(1, 30), 2];
        int[] Kept(double share) => StratifiedDraw.Kept(many, share, Seeds.For(5));
        var shares = new[] { 0.001, 0.1, 0.25, 0.5, 1 };
        foreach (var (smaller, larger) in shares.Zip(shares.Skip(1)))
        {
            Assert.Subset(Kept(larger).ToHashSet(), Kept(smaller).ToHashSet());
        }
        Assert.Equal([1, 1, 1], Enumerable.Range(0, 3).Select(type => Kept(0.001).Count(cell => many[cell] == type)));
        Assert.Equal([50, 8, 1], Enumerable.Range(0, 3).Select(type => Kept(0.25).Count(cell => many[cell] == type)));
        Assert.Equal(many.Length, Kept(1).Length);
    }

    [Fact]
    public void A_split_that_cannot_be_is_told_in_one_sentence()
    {
        Assert.Equal("split.groups names the column 'site', but the cells have cell_type, donor.", Error(new AnnotationSplit { Groups = "site" }));
        Assert.StartsWith("split.testGroups names 'd9', which is no donor; expected some of d0, d1", Error(new AnnotationSplit { Groups = "donor", TestGroups = ["d9"] }));
        Assert.StartsWith("split.column names the column 'donor', which says 'd0'; expected train", Error(new AnnotationSplit { Column = "donor" }));
        Assert.StartsWith("The split (whole groups by donor, d0, d1, d2, d3 for testing) leaves no labelled cell to learn from", Error(new AnnotationSplit { Groups = "donor", TestGroups = ["d0", "d1", "d2", "d3"] }));
        string Error(AnnotationSplit split) => Assert.Throws<InvalidDataException>(() => SplitDraw.Of(split, 0, cells.Obs, labels)).Message;
    }

    private static int[] Counts(int[] part) => [.. Enumerable.Range(0, 3).Select(type => part.Count(cell => labels[cell] == type))];
}
