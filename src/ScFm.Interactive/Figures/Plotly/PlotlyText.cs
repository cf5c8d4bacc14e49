namespace ScFm.Interactive.Figures.Plotly;

/// <summary>Texts for plotly, which reads tags in them as markup and $...$ as formulas.</summary>
internal static class PlotlyText
{
    /// <summary>A text that plotly shows as it is.</summary>
    public static string Plain(string? text) =>
        (text ?? "").Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("$", "&#36;");

    /// <summary>A text that plotly shows as it is, in bold.</summary>
    public static string Bold(string? text) => $"<b>{Plain(text)}</b>";
}
