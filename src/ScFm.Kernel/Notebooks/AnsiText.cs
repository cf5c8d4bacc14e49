using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace ScFm.Kernel.Notebooks;

/// <summary>Terminal text as HTML: colours and weights, and lines that were rewritten in place as they ended up.</summary>
internal static partial class AnsiText
{
    private static readonly string[] Colours = ["#24292f", "#b3261e", "#2d7a3e", "#8a6100", "#1f5f8b", "#8b2f8f", "#1b7c83", "#6e7781"];

    internal static string ToHtml(string text)
    {
        var html = new StringBuilder();
        var open = 0;
        var position = 0;
        var settled = Overwritten().Replace(text.Replace("\r\n", "\n"), "");
        foreach (Match escape in Escape().Matches(settled))
        {
            html.Append(WebUtility.HtmlEncode(settled[position..escape.Index]));
            position = escape.Index + escape.Length;
            if (!escape.Value.EndsWith('m'))
            {
                continue;
            }

            foreach (var part in escape.Groups[1].Value.Split(';'))
            {
                if (Style(part) is { } style)
                {
                    html.Append($"<span style=\"{style}\">");
                    open++;
                }
                else if (part is "" or "0")
                {
                    html.Insert(html.Length, "</span>", open);
                    open = 0;
                }
            }
        }

        html.Append(WebUtility.HtmlEncode(settled[position..]));
        return html.Insert(html.Length, "</span>", open).ToString();
    }

    private static string? Style(string code) => code switch
    {
        "1" => "font-weight:600",
        "2" => "opacity:.65",
        ['3' or '9', >= '0' and <= '7' and var colour] => $"color:{Colours[colour - '0']}",
        _ => null,
    };

    /// <summary>What a carriage return within a line wiped out.</summary>
    [GeneratedRegex(@"[^\n]*\r(?=[^\n])")]
    private static partial Regex Overwritten();

    [GeneratedRegex("\e\\[([0-9;]*)[A-Za-z]")]
    private static partial Regex Escape();
}
