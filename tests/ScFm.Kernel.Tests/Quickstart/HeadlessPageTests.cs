using ScFm.Kernel.Tests.Notebooks;
using ScFm.Kernel.Tests.Support;

namespace ScFm.Kernel.Tests.Quickstart;

/// <summary>The page that the real <c>scfm run --html</c> leaves.</summary>
public sealed class HeadlessPageTests
{
    [Fact]
    public void The_page_of_a_headless_run_draws_its_figures_without_a_network()
    {
        using var folder = new TemporaryFolder();
        string notebook = folder.File("figures.ipynb");
        TestNotebook.Write(notebook,
            TestNotebook.Code("using ScFm.Interactive.Figures;\ndisplay(Plots.Scatter([1, 2, 3], [3, 1, 2]));"),
            TestNotebook.Code("Plots.HeatMap([\"r\", \"s\"], [\"a\", \"b\"], [0, 1, 2, 3])"));
        string page = folder.File("figures.html");
        (int exitCode, string output) = Scfm.Run("run", notebook, "--html", page);
        Assert.True(exitCode == 0, output);

        BrowserPage opened = BrowserPage.Open(page, folder.File("figures.png"));
        Assert.Equal([3, 0], opened.Figures.Select(figure => figure.Points));
        Assert.Equal([0, 1], opened.Figures.Select(figure => figure.Images));
        Assert.All(opened.Figures, figure => Assert.True(opened.Picture.Look(figure.Left, figure.Top, figure.Width, figure.Height) is { Inked: > 0.01, Colours: > 20 }, $"Blank: {figure}"));
    }

    [Fact]
    public void A_figure_whose_picture_was_taken_away_is_seen_to_be_blank()
    {
        using var folder = new TemporaryFolder();
        string page = folder.File("blank.html");
        File.WriteAllText(page, "<!DOCTYPE html><body><div data-scfm='x' style='width:400px;height:300px;background:#fff'><img src='gone.svg'></div>");
        BrowserPage opened = BrowserPage.Open(page, folder.File("blank.png"));
        DrawnFigure figure = Assert.Single(opened.Figures);
        Assert.Equal((0, 0), (figure.Plots, figure.Marks));
        Assert.InRange(opened.Picture.Look(figure.Left, figure.Top, figure.Width, figure.Height).Inked, 0, 0.005);
    }
}
