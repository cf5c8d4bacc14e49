using System.Text.Json;
using ScFm.Interactive.Figures;
using ScFm.Interactive.Figures.Marks;

namespace ScFm.Interactive.Tests.Figures;

public sealed class IntervalTests
{
    private static readonly Figure Figure = new(new Panel(new Bars([2, 4]) { Errors = [1, double.NaN], ShowValues = false }) { X = new Axis { Categories = ["a", "b"] } });

    [Fact]
    public void The_axis_reaches_to_the_end_of_the_highest_interval_and_below_zero_only_where_one_does()
    {
        static (double Least, double Greatest) Range(double[] values, double[] errors)
        {
            var figure = new Figure(new Panel(new Bars(values) { Errors = errors }) { X = new Axis { Categories = ["a", "b"] } });
            using var json = JsonDocument.Parse(figure.ToJson());
            var range = json.RootElement.GetProperty("layout").GetProperty("yaxis").GetProperty("range");
            return (range[0].GetDouble(), range[1].GetDouble());
        }
        Assert.True(Range([2, 4], [5, 0]).Greatest > 7);
        Assert.Equal(0, Range([2, 4], [1, 0]).Least);
        Assert.True(Range([2, 4], [3, 0]).Least < -1);
    }

    [Fact]
    public void The_picture_has_a_line_with_two_ends_for_each_bar_that_has_an_interval()
    {
        static Figure Bars(double error) => new(new Panel(new Bars([2, 3]) { Errors = [error, double.NaN], ShowValues = false })
        {
            X = new Axis { Categories = ["a", "b"] },
            Y = new Axis { Range = (0, 5) },
        });
        Assert.Equal(3, Paths(Bars(1)) - Paths(Bars(double.NaN)));
    }

    [Fact]
    public void Plotly_gets_the_intervals_with_their_gaps()
    {
        using var json = JsonDocument.Parse(Figure.ToJson());
        var errors = json.RootElement.GetProperty("data")[0].GetProperty("error_y").GetProperty("array");
        Assert.Equal(1, errors[0].GetDouble());
        Assert.Equal(JsonValueKind.Null, errors[1].ValueKind);
    }

    private static int Paths(Figure figure) => figure.ToSvg().Split("<path d=\"M").Length - 1;
}
