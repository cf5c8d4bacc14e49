using ScFm.Model.Cells;
using ScFm.Model.Models;
using ScFm.Model.Models.Magic;
using ScFm.Model.Models.Saver;
using ScFm.Model.Models.ScImpute;
using ScFm.Model.Tasks.Enhancers;

namespace ScFm.Model.Tests.Tasks.Enhancers;

/// <summary>What all methods that learn from the given cells themselves have in common.</summary>
public sealed class LearnedEnhancerTests
{
    public static TheoryData<string> Methods => ["MAGIC", "SAVER", "scImpute"];

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_result_is_of_the_cells_shape_finite_not_negative_and_the_same_every_time(string name)
    {
        var cells = TaskCells.First(80);
        var found = Make(name).Enhance(cells);
        Assert.Equal(name, Make(name).Name);
        Assert.Equal((80, cells.GeneCount), (found.Rows, found.Columns));
        Assert.All(found.Values, value => Assert.True(value >= 0 && float.IsFinite(value)));
        Assert.Equal(found.Values, Make(name).Enhance(cells).Values);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_gene_that_no_cell_expresses_stays_at_zero(string name)
    {
        var cells = TaskCells.First(40);
        var silent = Enumerable.Range(0, cells.GeneCount).Where(gene => cells.X.ColumnCounts()[gene] == 0).ToArray();
        Assert.NotEmpty(silent);
        var found = Make(name).Enhance(cells);
        Assert.All(silent, gene => Assert.All(Enumerable.Range(0, 40), cell => Assert.Equal(0, found[cell, gene])));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Values_that_are_no_counts_are_refused_with_the_evidence(string name)
    {
        var logged = TaskCells.First(40).WithX(Normalisation.LogNormalise(TaskCells.First(40).X));
        Assert.StartsWith("Raw counts are needed, but the values are log-normalised: ", Assert.Throws<InvalidDataException>(() => Make(name).Enhance(logged)).Message);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void An_empty_cell_is_named(string name)
    {
        var counts = TaskCells.First(40).X.ToDense();
        counts.Row(7).Clear();
        var found = Assert.Throws<InvalidDataException>(() => Make(name).Enhance(Recovery.Cells(CsrMatrix.FromDense(counts))));
        Assert.StartsWith("Cell 7 ('cell-7') has no expressed gene", found.Message);
    }

    [Theory]
    [InlineData("MAGIC", 11)]
    [InlineData("SAVER", 10)]
    [InlineData("scImpute", 10)]
    public void Too_few_cells_are_refused_and_just_enough_are_taken(string name, int least)
    {
        Assert.Equal(
            $"{name} was given 1 cell; expected at least {least}, since it recovers a cell from others.",
            Assert.Throws<InvalidDataException>(() => Make(name).Enhance(TaskCells.First(1))).Message);
        Assert.Throws<InvalidDataException>(() => Make(name).Enhance(TaskCells.First(least - 1)));
        Assert.Equal(least, Make(name).Enhance(TaskCells.First(least)).Rows);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Cells_that_are_all_the_same_stay_the_same(string name)
    {
        var counts = new DenseMatrix(30, 4);
        for (var cell = 0; cell < 30; cell++)
        {
            (counts[cell, 0], counts[cell, 1], counts[cell, 2]) = (5, 1, 2);
        }
        var found = Make(name).Enhance(Recovery.Cells(CsrMatrix.FromDense(counts)));
        Assert.All(Enumerable.Range(0, 30), cell => Assert.Equal(Math.Log(1 + 1e4 * 5 / 8), found[cell, 0], 1e-3));
        Assert.All(Enumerable.Range(0, 30), cell => Assert.Equal(0, found[cell, 3]));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Progress_rises_to_the_number_of_cells_and_cancellation_stops(string name)
    {
        var told = new List<int>();
        Make(name).Enhance(TaskCells.First(40), new Told(told.Add));
        Assert.Equal(told.Order(), told);
        Assert.Equal(40, told[^1]);
        Assert.ThrowsAny<OperationCanceledException>(() => Make(name).Enhance(TaskCells.First(40), cancellation: new CancellationToken(true)));
    }

    [Fact]
    public void Options_outside_their_range_are_refused()
    {
        Assert.Equal("Components is 0; expected 1 to 1000.", Assert.Throws<ArgumentException>(() => new MagicEnhancer(new() { Components = 0 })).Message);
        Assert.Equal("Folds is 1; expected 2 to 100.", Assert.Throws<ArgumentException>(() => new SaverEnhancer(new() { Folds = 1 })).Message);
        Assert.Equal("Threshold is 1.5; expected 0 to 1.", Assert.Throws<ArgumentException>(() => new ScImputeEnhancer(new() { Threshold = 1.5 })).Message);
    }

    private static IEnhancer Make(string name) => name switch
    {
        "MAGIC" => new MagicEnhancer(),
        "SAVER" => new SaverEnhancer(new() { RegressedGenes = 20 }),
        _ => new ScImputeEnhancer(),
    };

    private sealed class Told(Action<int> told) : IProgress<int>
    {
        public void Report(int value) => told(value);
    }
}
