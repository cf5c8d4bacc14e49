using System.Globalization;
using System.Text.Json.Nodes;

namespace ScFm.Kernel.Protocol;

/// <summary>One message of the Jupyter protocol.</summary>
internal sealed record JupyterMessage
{
    internal const string ProtocolVersion = "5.3";

    /// <summary>The routing frames before the delimiter; on iopub, the topic.</summary>
    internal IReadOnlyList<byte[]> Identities { get; init; } = [];

    internal required JsonObject Header { get; init; }

    internal JsonObject Parent { get; init; } = [];

    internal JsonObject Metadata { get; init; } = [];

    internal JsonObject Content { get; init; } = [];

    internal string Type => (string?)Header["msg_type"] ?? "";

    internal string Session => (string?)Header["session"] ?? "";

    internal static JsonObject NewHeader(string type, string session) => new()
    {
        ["msg_id"] = Guid.NewGuid().ToString("N"),
        ["session"] = session,
        ["username"] = "kernel",
        ["date"] = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
        ["msg_type"] = type,
        ["version"] = ProtocolVersion,
    };
}
