using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScFm.Kernel.Scripting;

namespace ScFm.Kernel.Notebooks;

/// <summary>
/// Values given from outside, by papermill's convention: a cell with the tag <c>injected-parameters</c> follows the cell with
/// the tag <c>parameters</c> and sets its variables anew.
/// </summary>
internal static class NotebookParameters
{
    private const string DefaultsTag = "parameters";
    private const string InjectedTag = "injected-parameters";

    /// <summary>Puts the cell in its place, and takes one of an earlier run away.</summary>
    internal static void Inject(JsonArray cells, IReadOnlyDictionary<string, string> values)
    {
        foreach (var old in cells.Where(cell => HasTag(cell, InjectedTag)).ToArray())
        {
            cells.Remove(old);
        }

        if (values.Count == 0)
        {
            return;
        }

        var defaults = cells.ToList().FindIndex(cell => HasTag(cell, DefaultsTag));
        if (defaults < 0)
        {
            throw new NotebookException($"The notebook takes no parameters: a cell with the tag '{DefaultsTag}' was expected.");
        }

        VariableDeclaratorSyntax[] declared = [.. ScriptEngine.Parse(NotebookFile.Text(cells[defaults]!["source"])).GetRoot().DescendantNodes().OfType<VariableDeclaratorSyntax>()];
        var code = string.Join('\n', values.Select(value => Assignment(value.Key, value.Value, declared)));
        cells.Insert(defaults + 1, new JsonObject
        {
            ["cell_type"] = "code",
            ["execution_count"] = null,
            ["id"] = InjectedTag,
            ["metadata"] = new JsonObject { ["tags"] = new JsonArray(InjectedTag) },
            ["outputs"] = new JsonArray(),
            ["source"] = NotebookFile.Lines(code),
        });
    }

    /// <summary>The variable is assigned, not declared anew, so that it keeps its type.</summary>
    private static string Assignment(string name, string value, VariableDeclaratorSyntax[] declared)
    {
        var variable = declared.LastOrDefault(candidate => candidate.Identifier.ValueText == name)
            ?? throw new NotebookException($"The notebook has no parameter '{name}': one of {string.Join(", ", declared.Select(candidate => candidate.Identifier.ValueText))} was expected.");
        return $"{name} = {(IsText(variable) ? SymbolDisplay.FormatLiteral(value, quote: true) : Literal(value))};";
    }

    private static bool IsText(VariableDeclaratorSyntax variable) =>
        variable.Parent is VariableDeclarationSyntax declaration
        && (declaration.Type.ToString() is "string" or "string?"
            || (declaration.Type.IsVar && variable.Initializer?.Value.Kind() is SyntaxKind.StringLiteralExpression or SyntaxKind.InterpolatedStringExpression));

    private static string Literal(string value) =>
        value is "true" or "false" or "null" || double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? value
            : SymbolDisplay.FormatLiteral(value, quote: true);

    private static bool HasTag(JsonNode? cell, string tag) => cell?["metadata"]?["tags"] is JsonArray tags && tags.Any(entry => (string?)entry == tag);
}
