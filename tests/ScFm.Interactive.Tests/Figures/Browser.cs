using System.Diagnostics;

namespace ScFm.Interactive.Tests.Figures;

/// <summary>Opens a page in headless chromium, without a network, and gives what became of it.</summary>
internal static class Browser
{
    /// <summary>The page's elements after its scripts have run.</summary>
    public static string Elements(string html)
    {
        if (!File.Exists("/usr/bin/chromium"))
        {
            Assert.Skip("chromium is not installed, so no page can be opened.");
        }
        using var folder = new TemporaryFolder();
        var page = folder.Write("page.html", html);
        // An address that nothing listens on stands in for the network.
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/chromium",
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--proxy-server=127.0.0.1:9", $"--user-data-dir={folder.Path}/profile", "--virtual-time-budget=10000", "--dump-dom", new Uri(page).AbsoluteUri,
        ])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var elements = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(60_000), "chromium did not end within a minute");
        Assert.True(process.ExitCode == 0, errors.Result);
        return elements;
    }
}
