using System.Text.Json.Nodes;
using ScFm.Kernel.Protocol;

namespace ScFm.Kernel.Session;

/// <summary>What the kernel says about itself.</summary>
internal static class KernelInfo
{
    /// <summary>The language, as notebooks record it.</summary>
    internal static JsonObject Language() => new()
    {
        ["name"] = "C#",
        ["version"] = "14.0",
        ["mimetype"] = "text/x-csharp",
        ["file_extension"] = ".cs",
        ["pygments_lexer"] = "csharp",
        ["codemirror_mode"] = "text/x-csharp",
    };

    internal static JsonObject Reply()
    {
        var version = typeof(KernelInfo).Assembly.GetName().Version!.ToString(3);
        return new JsonObject
        {
            ["status"] = "ok",
            ["protocol_version"] = JupyterMessage.ProtocolVersion,
            ["implementation"] = "scfm",
            ["implementation_version"] = version,
            ["language_info"] = Language(),
            ["banner"] = $"ScFm {version}: single-cell foundation models in C#. #!help lists the commands.",
            ["help_links"] = new JsonArray(),
            ["debugger"] = false,
        };
    }
}
