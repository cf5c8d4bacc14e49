using System.Text.Json.Nodes;
using ScFm.Kernel.Protocol;

namespace ScFm.Kernel.Tests.Support;

/// <summary>What a kernel answered to one request.</summary>
internal sealed record Exchange(JupyterMessage Reply, IReadOnlyList<JupyterMessage> Published)
{
    internal string Status => (string?)Reply.Content["status"] ?? "";

    internal string Stdout => Text("stdout");

    internal string Stderr => Text("stderr");

    /// <summary>The plain text of the value shown.</summary>
    internal string? Result => (string?)Single("execute_result")?["data"]?["text/plain"];

    /// <summary>The trace without colours.</summary>
    internal string Trace => System.Text.RegularExpressions.Regex.Replace(
        string.Join('\n', (Single("error")?["traceback"] as JsonArray)?.Select(line => (string?)line) ?? []), "\e\\[[0-9;]*m", "");

    internal IEnumerable<string> Types => Published.Select(message => message.Type);

    internal JsonObject? Single(string type) => Published.SingleOrDefault(message => message.Type == type)?.Content;

    private string Text(string name) => string.Concat(Published
        .Where(message => message.Type == "stream" && (string?)message.Content["name"] == name)
        .Select(message => (string?)message.Content["text"]));
}
