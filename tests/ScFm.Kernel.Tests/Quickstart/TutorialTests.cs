namespace ScFm.Kernel.Tests.Quickstart;

/// <summary>What must be true of every executed notebook of this repository.</summary>
public abstract class TutorialTests(Tutorial tutorial)
{
    private const int LargestNotebook = 8_000_000;

    /// <summary>The executed notebook.</summary>
    private protected Tutorial Notebook { get; } = tutorial;

    [Fact]
    public void Every_cell_runs_without_an_error() =>
        Assert.Empty(Notebook.Outputs.Where(output => output.IsError).Select(output => $"cell {output.Cell}: {output.Text}"));

    [Fact]
    public void Progress_is_one_line_that_ended()
    {
        CellOutput[] lines = [.. Notebook.Outputs.Where(output => output.IsProgress)];
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Contains("done in", line.Text));
        Assert.All(lines.GroupBy(line => line.Text.Split(' ', '█')[0] + line.Cell), same => Assert.Single(same));
        Assert.All(Notebook.Outputs.GroupBy(output => output.Cell), cell => Assert.InRange(cell.Count(output => !output.IsFigure), 0, 8));
    }

    [Fact]
    public void The_notebook_is_small_and_carries_plotly_once()
    {
        Assert.InRange(new FileInfo(Notebook.Notebook).Length, 1, LargestNotebook);
        Assert.Single(Notebook.Outputs, output => output.Html.Contains("window.scfmPlotly", StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_of_nbconvert_draws_every_figure_without_a_network() => IsDrawn(Notebook.Exported);

    [Fact]
    public void Our_own_page_draws_every_figure_without_a_network() => IsDrawn(Notebook.Own);

    private void IsDrawn(BrowserPage page)
    {
        Assert.Equal(Notebook.Outputs.Count(output => output.IsFigure), page.Figures.Length);
        Assert.All(page.Figures, figure =>
        {
            Assert.True(figure.Plots > 0 && figure.Marks > 0, $"plotly drew nothing: {figure}");
            Assert.True(figure.Overflow == 0 && figure.Left + figure.Width <= page.Size.Width, $"The figure does not fit its page: {figure}");
            (double inked, int colours) = page.Picture.Look(figure.Left, figure.Top, figure.Width, figure.Height);
            Assert.True(inked > 0.02 && colours > 50, $"The picture has {inked:P1} ink and {colours} colours where this should be: {figure}");
        });
    }
}
