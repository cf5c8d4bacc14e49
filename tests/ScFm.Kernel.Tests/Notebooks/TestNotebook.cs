using System.Text.Json.Nodes;

namespace ScFm.Kernel.Tests.Notebooks;

/// <summary>Writes and reads the notebooks of the tests.</summary>
internal static class TestNotebook
{
    internal static void Write(string path, params JsonObject[] cells)
    {
        var notebook = new JsonObject
        {
            ["cells"] = new JsonArray([.. cells]),
            ["metadata"] = new JsonObject(),
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        };
        File.WriteAllText(path, notebook.ToJsonString());
    }

    internal static JsonObject Code(string source, params string[] tags) => new()
    {
        ["cell_type"] = "code",
        ["execution_count"] = null,
        ["id"] = Guid.NewGuid().ToString("N")[..8],
        ["metadata"] = new JsonObject { ["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)tag)]) },
        ["outputs"] = new JsonArray(),
        ["source"] = source,
    };

    internal static JsonObject Prose(string source) => new()
    {
        ["cell_type"] = "markdown",
        ["id"] = Guid.NewGuid().ToString("N")[..8],
        ["metadata"] = new JsonObject(),
        ["source"] = source,
    };

    /// <summary>The outputs of each code cell.</summary>
    internal static JsonArray[] Outputs(string path) =>
        [.. ((JsonArray)JsonNode.Parse(File.ReadAllText(path))!["cells"]!).Where(cell => (string?)cell!["cell_type"] == "code").Select(cell => (JsonArray)cell!["outputs"]!)];

    internal static string Text(JsonNode? node) => node is JsonArray lines ? string.Concat(lines.Select(line => (string?)line)) : (string?)node ?? "";
}
