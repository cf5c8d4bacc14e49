using System.Globalization;
using ScFm.Model.Tables;

namespace ScFm.Interactive.Display;

/// <summary>How far a work is, at one moment.</summary>
internal sealed record ProgressState(string What, long Done, long Total, string Unit, double? Loss, TimeSpan Elapsed, ProgressEnd End, string? Note)
{
    private const int BarWidth = 20;

    /// <summary>0 to 1; 0 where the total is not known.</summary>
    private double Share => Total > 0 ? Math.Clamp((double)Done / Total, 0, 1) : 0;

    // The first moments say nothing about the speed.
    private double Rate => Elapsed > TimeSpan.FromSeconds(0.2) ? Done / Elapsed.TotalSeconds : 0;

    /// <summary>The line as plain text.</summary>
    public override string ToString()
    {
        var filled = (int)Math.Round(Share * BarWidth);
        var bar = Total > 0 ? $" {new string('█', filled)}{new string('░', BarWidth - filled)}" : "";
        return $"{What}{bar} {string.Join(" · ", Facts())}";
    }

    /// <summary>The line as an HTML fragment.</summary>
    public string ToHtml()
    {
        var colour = End switch { ProgressEnd.Completed => "#009e73", ProgressEnd.Stopped => "#d55e00", _ => "#0072b2" };
        var share = (Share * 100).ToString("0.#", CultureInfo.InvariantCulture);
        var bar = Total > 0
            ? $"""<span style="display:inline-block;vertical-align:middle;width:160px;height:8px;margin:0 10px;border-radius:4px;background:#e4e7eb;overflow:hidden"><span style="display:block;width:{share}%;height:8px;background:{colour}"></span></span>"""
            : " ";
        return $"""<div class="scfm-progress" style="display:inline-block;background:#fff;color:#1f2328;border-radius:6px;padding:4px 10px;font:13px/1.5 Helvetica Neue,Helvetica,Arial,sans-serif;font-variant-numeric:tabular-nums;white-space:nowrap"><b>{HtmlText.Escape(What)}</b>{bar}{HtmlText.Escape(string.Join(" · ", Facts()))}</div>""";
    }

    private IEnumerable<string> Facts()
    {
        yield return Total > 0 ? FormattableString.Invariant($"{Done:N0}/{Total:N0} {Unit}") : FormattableString.Invariant($"{Done:N0} {Unit}");
        if (Rate > 0)
        {
            yield return FormattableString.Invariant($"{(Rate >= 100 ? Rate.ToString("N0", CultureInfo.InvariantCulture) : Rate.ToString("G3", CultureInfo.InvariantCulture))} {Unit}/s");
        }
        if (Loss is { } loss)
        {
            yield return FormattableString.Invariant($"loss {loss:G4}");
        }
        if (Note is not null)
        {
            yield return Note;
        }
        yield return End switch
        {
            ProgressEnd.Completed => $"done in {Duration(Elapsed)}",
            ProgressEnd.Stopped => $"stopped after {Duration(Elapsed)}",
            _ when Total > 0 && Rate > 0 => $"{Duration(TimeSpan.FromSeconds(Math.Max(0, Total - Done) / Rate))} left",
            _ => Duration(Elapsed),
        };
    }

    private static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 10 } => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
        { TotalMinutes: < 1 } => time.TotalSeconds.ToString("0", CultureInfo.InvariantCulture) + " s",
        { TotalHours: < 1 } => FormattableString.Invariant($"{(int)time.TotalMinutes}:{time.Seconds:00} min"),
        _ => FormattableString.Invariant($"{(int)time.TotalHours:N0}:{time.Minutes:00} h"),
    };
}
