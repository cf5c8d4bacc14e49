using System.Diagnostics;
using System.Globalization;

namespace ScFm.Interactive.Figures.Drawing;

/// <summary>Turns a figure's SVG into a PNG picture with a program that is installed: text needs fonts, and we carry none.</summary>
internal static class PngFigure
{
    private const int SecondsAllowed = 60;

    /// <summary>The figure as a PNG file.</summary>
    public static byte[] Draw(Figure figure, double scale)
    {
        if (scale is not (>= 1 and <= 8))
        {
            throw new ArgumentOutOfRangeException(nameof(scale), $"The scale of a picture is {scale}; expected 1 to 8.");
        }
        var folder = Directory.CreateTempSubdirectory("scfm-figure-").FullName;
        try
        {
            var (svg, png) = (Path.Combine(folder, "figure.svg"), Path.Combine(folder, "figure.png"));
            File.WriteAllText(svg, figure.ToSvg());
            var factor = scale.ToString(CultureInfo.InvariantCulture);
            if (Find("rsvg-convert") is { } converter)
            {
                Run(converter, "--zoom", factor, "--output", png, svg);
            }
            else if (Find("chromium", "chromium-browser", "google-chrome") is { } browser)
            {
                Run(
                    browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                    "--hide-scrollbars", $"--user-data-dir={folder}/profile", $"--force-device-scale-factor={factor}", $"--window-size={figure.Width},{figure.Height}",
                    $"--screenshot={png}", new Uri(svg).AbsoluteUri);
            }
            else
            {
                throw new InvalidOperationException("No program to draw PNG pictures is installed; expected rsvg-convert (Debian package librsvg2-bin) or chromium on the PATH. SVG and HTML need neither.");
            }
            return File.ReadAllBytes(png);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string? Find(params string[] names) => names
        .SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromSeconds(SecondsAllowed)))
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"{program} drew no picture within {SecondsAllowed} seconds.");
        }
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode} instead of a picture: {errors.Result.Trim()}{output.Result.Trim()}");
        }
    }
}
