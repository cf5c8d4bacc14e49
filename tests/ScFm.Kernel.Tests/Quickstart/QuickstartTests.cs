using System.Text.RegularExpressions;

namespace ScFm.Kernel.Tests.Quickstart;

/// <summary>What must be true of the executed quickstart, whatever the cells.</summary>
public abstract partial class QuickstartTests(Quickstart quickstart)
{
    private const int LargestNotebook = 8_000_000;

    [Fact]
    public void Every_cell_runs_without_an_error() =>
        Assert.Empty(quickstart.Outputs.Where(output => output.IsError).Select(output => $"cell {output.Cell}: {output.Text}"));

    [Fact]
    public void The_story_is_told_in_its_order()
    {
        using IEnumerator<CellOutput> outputs = quickstart.Outputs.GetEnumerator();
        void Then(string what, Func<CellOutput, bool> isIt)
        {
            while (outputs.MoveNext())
            {
                if (isIt(outputs.Current))
                {
                    return;
                }
            }

            Assert.Fail($"No output is {what}, in this place of the story.");
        }

        Then("the verdict on the values", output => output.Text.Contains("raw counts", StringComparison.Ordinal));
        Then("the cells", output => output.Text.Contains("cells × ", StringComparison.Ordinal));
        Then("the loss curve", output => output.IsFigure && output.Text.Contains("loss", StringComparison.Ordinal));
        Then("the held-out loss beside both baselines", output => output.IsTable && Mentions(output.Text, "zero", "gene mean", "model"));
        Then("the scatter before and after", output => output.IsFigure && Mentions(output.Text, "thinned", "enhanced"));
        Then("the scores before and after", output => output.IsTable && Mentions(output.Text, "thinned", "gene mean", "model", "Pearson"));
        Then("the embedding or its map", output => output.IsFigure);
        Then("the map of the clusters", output => output.IsFigure && Mentions(output.Text, "cluster"));
        Then("a gene as measured", output => output.IsFigure && Mentions(output.Text, "measured"));
        Then("the gene enhanced", output => output.IsFigure && Mentions(output.Text, "enhanced"));
        Then("the summary", output => output.IsTable && Mentions(output.Text, "masked MSE", "MAE at 10", "baseline", "gene mean", "model"));
    }

    [Fact]
    public void The_model_beats_the_predictors_that_learn_nothing_on_held_out_cells()
    {
        string text = quickstart.Outputs.First(output => output.IsTable && Mentions(output.Text, "zero", "gene mean", "model", "masked MSE")).Text;
        double Loss(string predictor) => double.Parse(Regex.Match(text, $@"(?m)^\s*{predictor}\s.*?(\d+\.\d+)\s*$").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(Loss("model") < Loss("zero") && Loss("model") < Loss("gene mean"), text);
    }

    [Fact]
    public void Progress_is_one_line_that_ended()
    {
        CellOutput[] lines = [.. quickstart.Outputs.Where(output => output.IsProgress)];
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Contains("done in", line.Text));
        Assert.All(lines.GroupBy(line => line.Text.Split(' ', '█')[0] + line.Cell), same => Assert.Single(same));
        Assert.All(quickstart.Outputs.GroupBy(output => output.Cell), cell => Assert.InRange(cell.Count(), 1, 8));
    }

    [Fact]
    public void The_notebook_is_small_and_carries_plotly_once()
    {
        Assert.InRange(new FileInfo(quickstart.Notebook).Length, 1, LargestNotebook);
        Assert.Single(quickstart.Outputs, output => output.Html.Contains("window.scfmPlotly", StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_of_nbconvert_draws_every_figure_without_a_network() => IsDrawn(quickstart.Exported);

    [Fact]
    public void Our_own_page_draws_every_figure_without_a_network() => IsDrawn(quickstart.Own);

    private void IsDrawn(BrowserPage page)
    {
        Assert.Equal(quickstart.Outputs.Count(output => output.IsFigure), page.Figures.Length);
        Assert.All(page.Figures, figure =>
        {
            Assert.True(figure.Plots > 0 && figure.Marks > 0, $"plotly drew nothing: {figure}");
            Assert.True(figure.Overflow == 0 && figure.Left + figure.Width <= page.Size.Width, $"The figure does not fit its page: {figure}");
            (double inked, int colours) = page.Picture.Look(figure.Left, figure.Top, figure.Width, figure.Height);
            Assert.True(inked > 0.02 && colours > 50, $"The picture has {inked:P1} ink and {colours} colours where this should be: {figure}");
        });
    }

    private static bool Mentions(string text, params string[] words) => words.All(word => text.Contains(word, StringComparison.Ordinal));
}
