using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using Xunit;

namespace ScFm.Model.Tests.Corpora;

public class ValidationPartTests
{
    [Fact]
    public void Each_type_gives_its_share_and_every_cell_lies_in_one_part()
    {
        var cells = Cells(100, 50, 10);
        var (training, validation) = ValidationPart.Of(cells, 0.1, seed: 3);
        Assert.Equal([10, 5, 1], Counts(validation, 3));
        Assert.Equal([90, 45, 9], Counts(training, 3));
        Assert.Equal(cells.Cells.ObsNames.Order(), training.Cells.ObsNames.Concat(validation.Cells.ObsNames).Order());
        Assert.All(Enumerable.Range(0, validation.Labels.Length), i => Assert.StartsWith($"t{validation.Labels[i]}-", validation.Cells.ObsNames[i]));
    }

    [Fact]
    public void The_only_cell_of_a_type_stays_in_training()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var (training, validation) = ValidationPart.Of(Cells(1, 2, 40), 0.9, seed);
            Assert.DoesNotContain(0, validation.Labels);
            Assert.All(Counts(training, 3), count => Assert.True(count >= 1));
        }
    }

    [Fact]
    public void Many_small_types_give_their_share_together()
    {
        var cells = Cells([.. Enumerable.Repeat(4, 200)]);
        var (_, validation) = ValidationPart.Of(cells, 0.1, seed: 1);
        Assert.InRange(validation.Labels.Length, 60, 100); // 80 expected, standard deviation 7
    }

    [Fact]
    public void There_is_something_to_validate_on_where_a_type_has_two_cells()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            Assert.Single(ValidationPart.Of(Cells(1, 2), 0.01, seed).Validation.Labels);
        }
        Assert.Empty(ValidationPart.Of(Cells(1, 1), 0.5).Validation.Labels);
        Assert.Empty(ValidationPart.Of(Cells(5, 5), 0).Validation.Labels);
    }

    [Fact]
    public void The_seed_fixes_the_draw()
    {
        var cells = Cells(100, 50);
        string[] Drawn(int seed) => ValidationPart.Of(cells, 0.1, seed).Validation.Cells.ObsNames;
        Assert.Equal(Drawn(1), Drawn(1));
        Assert.NotEqual(Drawn(1), Drawn(2));
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void A_share_outside_its_range_is_refused(double share) =>
        Assert.Contains("expected 0 to below 1", Assert.Throws<ArgumentOutOfRangeException>(() => ValidationPart.Of(Cells(5, 5), share)).Message);

    private static int[] Counts(LabelledCells cells, int types) => [.. Enumerable.Range(0, types).Select(type => cells.Labels.Count(label => label == type))];

    private static LabelledCells Cells(params int[] sizes)
    {
        int[] labels = [.. sizes.SelectMany((size, type) => Enumerable.Repeat(type, size))];
        string[] names = [.. labels.Select((label, cell) => $"t{label}-{cell}")];
        return new LabelledCells(new AnnData(CsrMatrix.FromDense(new DenseMatrix(labels.Length, 1)), names, ["gene"]), [.. sizes.Select((_, type) => $"type {type}")], labels);
    }
}
