using System.Text.Json.Nodes;
using ScFm.Kernel.Tests.Notebooks;

namespace ScFm.Kernel.Tests.Quickstart;

/// <summary>One output of a notebook.</summary>
/// <param name="Cell">Which code cell it belongs to, from 0.</param>
/// <param name="Json">The output, by nbformat 4.</param>
internal sealed record CellOutput(int Cell, JsonObject Json)
{
    internal bool IsError => (string?)Json["output_type"] == "error";

    internal bool IsFigure => Json["data"]?["application/vnd.plotly.v1+json"] is not null;

    internal bool IsTable => Html.Contains("<table", StringComparison.Ordinal);

    internal bool IsProgress => Html.Contains("scfm-progress", StringComparison.Ordinal);

    internal string Html => TestNotebook.Text(Json["data"]?["text/html"]);

    /// <summary>What it says as plain text: of a stream, a display or an error.</summary>
    internal string Text => TestNotebook.Text(Json["text"] ?? Json["data"]?["text/plain"] ?? Json["traceback"]);
}
