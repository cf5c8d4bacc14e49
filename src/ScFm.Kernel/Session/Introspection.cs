using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis.CSharp;
using ScFm.Kernel.Cells;
using ScFm.Kernel.Scripting;

namespace ScFm.Kernel.Session;

/// <summary>Answers questions about code that is being typed.</summary>
internal sealed class Introspection(ScriptEngine engine)
{
    private readonly Completion completion = new(engine);
    private readonly Inspection inspection = new(engine);

    internal JsonObject Complete(string code, int cursor)
    {
        var offset = CodePoints.ToOffset(code, cursor);
        var (start, items) = completion.Find(code, offset);
        var from = CodePoints.FromOffset(code, start);
        return new JsonObject
        {
            ["status"] = "ok",
            ["matches"] = new JsonArray([.. items.Select(item => (JsonNode)item.Text)]),
            ["cursor_start"] = from,
            ["cursor_end"] = cursor,
            ["metadata"] = new JsonObject
            {
                ["_jupyter_types_experimental"] = new JsonArray(
                    [.. items.Select(item => (JsonNode)new JsonObject { ["text"] = item.Text, ["type"] = item.Kind, ["start"] = from, ["end"] = cursor })]),
            },
        };
    }

    internal JsonObject Inspect(string code, int cursor)
    {
        var description = inspection.Describe(code, CodePoints.ToOffset(code, cursor));
        var data = new JsonObject();
        if (description is not null)
        {
            data["text/plain"] = description;
        }

        return new JsonObject { ["status"] = "ok", ["found"] = description is not null, ["data"] = data, ["metadata"] = new JsonObject() };
    }

    internal static JsonObject IsComplete(string cell)
    {
        var code = CellSplitter.CodeOnly(cell);
        if (SyntaxFactory.IsCompleteSubmission(ScriptEngine.Parse(code)))
        {
            var broken = ScriptEngine.Parse(code).GetDiagnostics().Any(d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
            return new JsonObject { ["status"] = broken ? "invalid" : "complete" };
        }

        var open = code.Count(c => c == '{') - code.Count(c => c == '}');
        return new JsonObject { ["status"] = "incomplete", ["indent"] = new string(' ', 4 * Math.Max(0, open)) };
    }
}
