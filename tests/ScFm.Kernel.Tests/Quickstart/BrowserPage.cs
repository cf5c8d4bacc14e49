using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using ScFm.Kernel.Tests.Support;

namespace ScFm.Kernel.Tests.Quickstart;

/// <summary>A page as headless chromium drew it, without a network: its figures and its picture.</summary>
internal sealed partial class BrowserPage
{
    private const string Program = "/usr/bin/chromium";
    private const int Width = 1280;

    // Longer than the notebook's page, so that one picture holds all of it.
    private const int Height = 14_000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private BrowserPage(string elements, Screenshot picture)
    {
        Figures = JsonSerializer.Deserialize<DrawnFigure[]>(Measured(FiguresAttribute(), elements), Json)!;
        Size = JsonSerializer.Deserialize<PageSize>(Measured(SizeAttribute(), elements), Json)!;
        Picture = picture;
    }

    internal DrawnFigure[] Figures { get; }

    internal PageSize Size { get; }

    internal Screenshot Picture { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="html">The page.</param>
    /// <param name="picture">Where its picture is left, a PNG.</param>
    internal static BrowserPage Open(string html, string picture)
    {
        if (!File.Exists(Program))
        {
            Assert.Skip("chromium is not installed, so no page can be opened.");
        }

        using var folder = new TemporaryFolder();
        string page = folder.File("page.html");
        string measure = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Quickstart", "measure.js"));
        File.WriteAllText(page, $"{File.ReadAllText(html)}\n<script>{measure}</script>");
        // An address that nothing listens on stands in for the network.
        (int exitCode, string elements) = Scfm.Command(Program, new Dictionary<string, string>(),
            "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
            "--proxy-server=127.0.0.1:9", $"--user-data-dir={folder.File("profile")}", "--virtual-time-budget=30000", $"--window-size={Width},{Height}",
            $"--screenshot={picture}", "--dump-dom", new Uri(page).AbsoluteUri);
        Assert.True(exitCode == 0 && File.Exists(picture), elements.Length > 2000 ? elements[^2000..] : elements);
        return new BrowserPage(elements, Screenshot.Read(picture));
    }

    private static string Measured(Regex attribute, string elements)
    {
        Match match = attribute.Match(elements);
        Assert.True(match.Success, "The page's scripts did not come to their end.");
        return WebUtility.HtmlDecode(match.Groups[1].Value);
    }

    [GeneratedRegex("data-figures=\"([^\"]*)\"")]
    private static partial Regex FiguresAttribute();

    [GeneratedRegex("data-size=\"([^\"]*)\"")]
    private static partial Regex SizeAttribute();

    /// <summary>Size of the whole page, in pixels.</summary>
    internal sealed record PageSize(int Width, int Height);
}
