using System.Text.Json.Nodes;
using ScFm.Interactive.Hosting;

namespace ScFm.Kernel.Cells;

/// <summary>Outputs as the JSON that the Jupyter protocol and the notebook format share.</summary>
internal static class MimeJson
{
    internal static JsonObject Data(MimeBundle content)
    {
        var data = new JsonObject();
        foreach (var (mime, value) in content.Data)
        {
            data[mime] = value is JsonNode json ? json.DeepClone() : JsonValue.Create(value.ToString());
        }

        return data;
    }

    internal static JsonObject Error(CellError error) => new()
    {
        ["ename"] = error.Name,
        ["evalue"] = error.Message,
        ["traceback"] = new JsonArray([.. error.Trace.Select(line => (JsonNode)line)]),
    };
}
