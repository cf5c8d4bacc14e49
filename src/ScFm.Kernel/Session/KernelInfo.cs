using System.Text.Json.Nodes;
using ScFm.Kernel.Protocol;

namespace ScFm.Kernel.Session;

/// <summary>What the kernel says about itself.</summary>
internal static class KernelInfo
{
    internal static JsonObject Reply()
    {
        string version = typeof(KernelInfo).Assembly.GetName().Version!.ToString(3);
        return new JsonObject
        {
            ["status"] = "ok",
            ["protocol_version"] = JupyterMessage.ProtocolVersion,
            ["implementation"] = "scfm",
            ["implementation_version"] = version,
            ["language_info"] = new JsonObject
            {
                ["name"] = "C#",
                ["version"] = "14.0",
                ["mimetype"] = "text/x-csharp",
                ["file_extension"] = ".cs",
                ["pygments_lexer"] = "csharp",
                ["codemirror_mode"] = "text/x-csharp",
            },
            ["banner"] = $"ScFm {version}: single-cell foundation models in C#. #!help lists the commands.",
            ["help_links"] = new JsonArray(),
            ["debugger"] = false,
        };
    }
}
