using System.Text;

namespace ScFm.Model.Tables;

/// <summary>Text made safe for HTML and XML, between tags and inside quoted attributes.</summary>
public static class HtmlText
{
    /// <summary>Replaces the characters with a meaning in markup by entities and characters that XML forbids by U+FFFD.</summary>
    public static string Escape(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }
        var escaped = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (char.IsHighSurrogate(character) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                escaped.Append(character).Append(text[++i]);
                continue;
            }
            _ = character switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                '\t' or '\n' or '\r' => escaped.Append(character),
                < ' ' or '\ufffe' or '\uffff' => escaped.Append('\ufffd'),
                _ when char.IsSurrogate(character) => escaped.Append('\ufffd'),
                _ => escaped.Append(character),
            };
        }
        return escaped.ToString();
    }
}
