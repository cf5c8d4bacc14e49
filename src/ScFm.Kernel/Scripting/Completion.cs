using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScFm.Kernel.Cells;

namespace ScFm.Kernel.Scripting;

/// <summary>Finds the words that may stand at the cursor: members after a dot, else everything in scope and the keywords; on a magic line, its words.</summary>
internal sealed class Completion(ScriptEngine engine)
{
    private static readonly string[] Keywords =
    [
        .. SyntaxFacts.GetReservedKeywordKinds().Select(SyntaxFacts.GetText), "var", "async", "await", "record", "when", "with", "yield", "nameof", "global",
    ];

    /// <summary>Completes the word before the cursor.</summary>
    /// <param name="cell">The cell's text.</param>
    /// <param name="cursor">Offset of the cursor in it.</param>
    /// <returns>The offset where the word starts, and what it may become.</returns>
    internal (int Start, IReadOnlyList<CompletionItem> Items) Find(string cell, int cursor)
    {
        var lineStart = cell.LastIndexOf('\n', Math.Max(0, cursor - 1), cursor) + 1;
        var line = cell[lineStart..cursor];
        if (CellSplitter.IsMagic(line))
        {
            var word = cell.LastIndexOf(' ', cursor - 1, cursor - lineStart) + 1;
            return (Math.Max(word, lineStart), [.. MagicCommands.Complete(line.TrimStart()).Select(text => new CompletionItem(text, "keyword"))]);
        }

        var start = cursor;
        while (start > 0 && SyntaxFacts.IsIdentifierPartCharacter(cell[start - 1]))
        {
            start--;
        }

        var prefix = cell[start..cursor];
        IEnumerable<CompletionItem> items = Candidates(CellSplitter.CodeOnly(cell), start)
            .Where(item => item.Text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .DistinctBy(item => item.Text)
            .OrderByDescending(item => item.Text.StartsWith(prefix, StringComparison.Ordinal))
            .ThenBy(item => item.Text, StringComparer.OrdinalIgnoreCase);
        return (start, [.. items]);
    }

    private IEnumerable<CompletionItem> Candidates(string code, int start)
    {
        var tree = ScriptEngine.Parse(code);
        var model = engine.Analyse(tree).GetSemanticModel(tree);
        var before = start == 0 ? default : tree.GetRoot().FindToken(start - 1);
        if (before.IsKind(SyntaxKind.DotToken) || before.GetPreviousToken() is var previous && before.SpanStart >= start && previous.IsKind(SyntaxKind.DotToken))
        {
            var dot = before.IsKind(SyntaxKind.DotToken) ? before : before.GetPreviousToken();
            return Members(model, dot).Where(IsOffered).Select(Item);
        }

        return before.IsKind(SyntaxKind.StringLiteralToken) && before.Span.Contains(start)
            ? []
            : model.LookupSymbols(start).Where(IsOffered).Select(Item).Concat(Keywords.Select(word => new CompletionItem(word, "keyword")));
    }

    private static IEnumerable<ISymbol> Members(SemanticModel model, SyntaxToken dot)
    {
        var left = dot.Parent switch
        {
            MemberAccessExpressionSyntax access => access.Expression,
            MemberBindingExpressionSyntax binding => binding.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()?.Expression,
            QualifiedNameSyntax name => name.Left,
            _ => null,
        };
        if (left is null)
        {
            return [];
        }

        var position = dot.SpanStart;
        var symbol = model.GetSymbolInfo(left).Symbol;
        var type = model.GetTypeInfo(left).Type;
        if (dot.Parent is QualifiedNameSyntax)
        {
            // "x." before the next line's word reads as a declaration; what stands before the dot may still be a variable.
            var expression = SyntaxFactory.ParseExpression(left.ToString());
            symbol = model.GetSpeculativeSymbolInfo(position, expression, SpeculativeBindingOption.BindAsExpression).Symbol ?? symbol;
            type = model.GetSpeculativeTypeInfo(position, expression, SpeculativeBindingOption.BindAsExpression).Type ?? type;
        }

        if (symbol is INamespaceSymbol space)
        {
            return model.LookupNamespacesAndTypes(position, space);
        }

        if (symbol is INamedTypeSymbol named)
        {
            return model.LookupSymbols(position, named).Where(member => member.IsStatic || member is INamedTypeSymbol);
        }

        return type is null or IErrorTypeSymbol
            ? []
            : model.LookupSymbols(position, type, includeReducedExtensionMethods: true).Where(member => !member.IsStatic && member is not INamedTypeSymbol);
    }

    private static bool IsOffered(ISymbol symbol) =>
        symbol.CanBeReferencedByName
        && !symbol.GetAttributes().Any(attribute => attribute is { AttributeClass.Name: "EditorBrowsableAttribute", ConstructorArguments: [{ Value: 1 }] });

    private static CompletionItem Item(ISymbol symbol) => new(symbol.Name, symbol switch
    {
        IMethodSymbol => "function",
        IPropertySymbol => "property",
        IFieldSymbol or ILocalSymbol or IParameterSymbol => "variable",
        INamespaceSymbol => "module",
        ITypeSymbol { TypeKind: TypeKind.Enum } => "enum",
        ITypeSymbol { TypeKind: TypeKind.Interface } => "interface",
        ITypeSymbol { TypeKind: TypeKind.Struct } => "struct",
        ITypeSymbol => "class",
        IEventSymbol => "event",
        _ => "text",
    });
}
