using System.Net;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ScFm.Kernel.Scripting;

namespace ScFm.Kernel.Notebooks;

/// <summary>C# as HTML with light colours: keywords, texts, numbers, comments, and the lines for the notebook (magic commands, <c>#r</c>).</summary>
internal static class CodeColours
{
    internal static string ToHtml(string cell)
    {
        var source = cell.ReplaceLineEndings("\n");
        var lines = source.Split('\n');
        var html = new StringBuilder();
        List<string> code = [];
        for (var i = 0; i <= lines.Length; i++)
        {
            var isDirective = i < lines.Length && lines[i].TrimStart() is ['#', '!' or 'r' or 'i', ..];
            if (i < lines.Length && !isDirective)
            {
                code.Add(lines[i]);
                continue;
            }

            if (code.Count > 0)
            {
                Colour(string.Join('\n', code), html);
                html.Append(i < lines.Length ? "\n" : "");
                code.Clear();
            }

            if (isDirective)
            {
                Append(html, "d", lines[i]);
                html.Append(i + 1 < lines.Length ? "\n" : "");
            }
        }

        return html.ToString();
    }

    private static void Colour(string code, StringBuilder html)
    {
        foreach (var token in ScriptEngine.Parse(code).GetRoot().DescendantTokens())
        {
            AppendTrivia(html, token.LeadingTrivia);
            Append(html, ClassOf(token), token.Text);
            AppendTrivia(html, token.TrailingTrivia);
        }
    }

    private static void AppendTrivia(StringBuilder html, SyntaxTriviaList list)
    {
        foreach (var trivia in list)
        {
            var isComment = trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
                or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia;
            Append(html, isComment ? "c" : trivia.IsDirective ? "d" : null, trivia.ToFullString());
        }
    }

    private static string? ClassOf(SyntaxToken token) => token.Kind() switch
    {
        SyntaxKind.NumericLiteralToken => "n",
        SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken or SyntaxKind.InterpolatedStringTextToken
            or SyntaxKind.InterpolatedStringStartToken or SyntaxKind.InterpolatedStringEndToken or SyntaxKind.InterpolatedVerbatimStringStartToken
            or SyntaxKind.InterpolatedSingleLineRawStringStartToken or SyntaxKind.InterpolatedMultiLineRawStringStartToken
            or SyntaxKind.InterpolatedRawStringEndToken or SyntaxKind.SingleLineRawStringLiteralToken
            or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.Utf8StringLiteralToken => "s",
        _ when token.IsKeyword() || token.Text is "var" => "k",
        _ => null,
    };

    private static void Append(StringBuilder html, string? style, string text)
    {
        var escaped = WebUtility.HtmlEncode(text);
        html.Append(style is null || text.Length == 0 ? escaped : $"<span class=\"{style}\">{escaped}</span>");
    }
}
