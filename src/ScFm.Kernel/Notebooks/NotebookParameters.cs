using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis.CSharp;
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
        foreach (JsonNode? old in cells.Where(cell => HasTag(cell, InjectedTag)).ToArray())
        {
            cells.Remove(old);
        }

        if (values.Count == 0)
        {
            return;
        }

        int defaults = cells.ToList().FindIndex(cell => HasTag(cell, DefaultsTag));
        string declared = defaults < 0 ? "" : NotebookFile.Text(cells[defaults]!["source"]);
        string code = string.Join('\n', values.Select(value => Statement(value.Key, value.Value, declared)));
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

    /// <summary>A declared variable is assigned, so that it keeps its type; another is declared.</summary>
    private static string Statement(string name, string value, string declared)
    {
        if (!SyntaxFacts.IsValidIdentifier(name))
        {
            throw new NotebookException($"'{name}' cannot be a parameter: a C# identifier was expected.");
        }

        string? type = ScriptEngine.DeclaredType(declared, name);
        string literal = type is "string" ? SymbolDisplay.FormatLiteral(value, quote: true) : Literal(value);
        return type is null ? $"var {name} = {literal};" : $"{name} = {literal};";
    }

    private static string Literal(string value) =>
        value is "true" or "false" or "null" || double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? value
            : SymbolDisplay.FormatLiteral(value, quote: true);

    private static bool HasTag(JsonNode? cell, string tag) => cell?["metadata"]?["tags"] is JsonArray tags && tags.Any(entry => (string?)entry == tag);
}
