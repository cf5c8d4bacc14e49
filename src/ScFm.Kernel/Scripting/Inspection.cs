using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScFm.Kernel.Cells;

namespace ScFm.Kernel.Scripting;

/// <summary>Describes what stands at the cursor: its signatures, its documentation and, of a variable, its value.</summary>
internal sealed partial class Inspection(ScriptEngine engine)
{
    private const int LongestValue = 200;

    private static readonly SymbolDisplayFormat Signature = SymbolDisplayFormat.MinimallyQualifiedFormat
        .AddMemberOptions(SymbolDisplayMemberOptions.IncludeContainingType)
        .AddParameterOptions(SymbolDisplayParameterOptions.IncludeDefaultValue)
        .AddKindOptions(SymbolDisplayKindOptions.IncludeTypeKeyword | SymbolDisplayKindOptions.IncludeNamespaceKeyword);

    /// <summary>The description, or null where nothing is known.</summary>
    /// <param name="cell">The cell's text.</param>
    /// <param name="cursor">Offset of the cursor in it.</param>
    internal string? Describe(string cell, int cursor)
    {
        var tree = ScriptEngine.Parse(CellSplitter.CodeOnly(cell));
        if (NameAt(tree.GetRoot(), cursor) is not { } node)
        {
            return null;
        }

        var model = engine.Analyse(tree).GetSemanticModel(tree);
        var symbols = Symbols(model, node);
        if (symbols.Length == 0)
        {
            return null;
        }

        var text = new StringBuilder();
        foreach (var symbol in symbols)
        {
            text.AppendLine(Header(symbol));
        }

        if (symbols.Select(Documentation).FirstOrDefault(found => found.Length > 0) is { } documentation)
        {
            text.AppendLine().AppendLine(documentation);
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>The name at or just before the cursor; inside an argument list, the name of what is called.</summary>
    private static SyntaxNode? NameAt(SyntaxNode root, int cursor)
    {
        foreach (var position in new[] { cursor, cursor - 1 })
        {
            if (position >= 0 && position < root.FullSpan.End && root.FindToken(position) is var token && token.IsKind(SyntaxKind.IdentifierToken) && token.Span.Contains(position))
            {
                return token.Parent;
            }
        }

        var before = root.FindToken(Math.Clamp(cursor - 1, 0, Math.Max(0, root.FullSpan.End - 1)));
        return before.Parent?.FirstAncestorOrSelf<ArgumentListSyntax>()?.Parent switch
        {
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Name,
            InvocationExpressionSyntax invocation => invocation.Expression,
            ObjectCreationExpressionSyntax creation => creation.Type,
            _ => null,
        };
    }

    private static ISymbol[] Symbols(SemanticModel model, SyntaxNode node)
    {
        if (model.GetDeclaredSymbol(node) is { } declared)
        {
            return [declared];
        }

        // A bare method name stands for all its overloads.
        if (model.GetMemberGroup(node) is { IsEmpty: false } group)
        {
            var chosen = model.GetSymbolInfo(node).Symbol;
            return [.. group.OrderByDescending(symbol => SymbolEqualityComparer.Default.Equals(symbol, chosen))];
        }

        var info = model.GetSymbolInfo(node);
        return info.Symbol is { } symbol ? [symbol] : [.. info.CandidateSymbols];
    }

    private string Header(ISymbol symbol)
    {
        var isVariable = symbol is IFieldSymbol { ContainingType.IsScriptClass: true } or IPropertySymbol { ContainingType.IsScriptClass: true };
        if (!isVariable)
        {
            return symbol.ToDisplayString(Signature);
        }

        var type = symbol is IFieldSymbol field ? field.Type : ((IPropertySymbol)symbol).Type;
        var declaration = $"{type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)} {symbol.Name}";
        if (!engine.Variables.TryGet(symbol.Name, out var value, out _))
        {
            return declaration;
        }

        var shown = value switch { null => "null", string words => $"\"{words}\"", _ => value.ToString() ?? "" };
        return $"{declaration} = {(shown.Length > LongestValue ? shown[..LongestValue] + "…" : shown)}";
    }

    private static string Documentation(ISymbol symbol)
    {
        var xml = symbol.OriginalDefinition.GetDocumentationCommentXml();
        if (symbol is IMethodSymbol { ReducedFrom: { } extension } && string.IsNullOrEmpty(xml))
        {
            xml = extension.OriginalDefinition.GetDocumentationCommentXml();
        }

        if (string.IsNullOrWhiteSpace(xml))
        {
            return "";
        }

        XElement root;
        try
        {
            root = XElement.Parse($"<doc>{xml}</doc>");
        }
        catch (System.Xml.XmlException)
        {
            return "";
        }

        var text = new StringBuilder(Prose(root.Descendants("summary").FirstOrDefault()));
        foreach (var parameter in root.Descendants("param"))
        {
            text.Append($"\n  {parameter.Attribute("name")?.Value}: {Prose(parameter)}");
        }

        if (root.Descendants("returns").FirstOrDefault() is { } returns)
        {
            text.Append($"\nReturns: {Prose(returns)}");
        }

        return text.ToString().Trim();
    }

    /// <summary>The text of a documentation element, with references by their last name.</summary>
    private static string Prose(XElement? element)
    {
        if (element is null)
        {
            return "";
        }

        var parts = element.Nodes().Select(node => node switch
        {
            XElement { Name.LocalName: "see" or "seealso" or "paramref" or "typeparamref" } reference when reference.IsEmpty =>
                (reference.Attribute("cref") ?? reference.Attribute("name") ?? reference.Attribute("langword"))?.Value.Split(':')[^1].Split('(')[0].Split('.')[^1] ?? "",
            XElement inner => Prose(inner),
            XText words => words.Value,
            _ => "",
        });
        return Spaces().Replace(string.Concat(parts), " ").Trim(' ');
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
