using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScFm.Model.Files;

namespace ScFm.Kernel.Notebooks;

/// <summary>A Jupyter notebook on disk (nbformat 4).</summary>
internal sealed class NotebookFile
{
    /// <summary>As Jupyter writes it: one space of indentation, letters as they are.</summary>
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        IndentSize = 1,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly JsonObject root;

    private NotebookFile(JsonObject root) => this.root = root;

    /// <summary>The cells, in their order.</summary>
    internal JsonArray Cells => (JsonArray)root["cells"]!;

    /// <summary>The last thing that a cell showed, as plain text: what a run in a terminal ends with.</summary>
    internal string LastText() => Cells
        .SelectMany(cell => cell?["outputs"] as JsonArray ?? [])
        .Select(output => output?["data"]?["text/plain"])
        .LastOrDefault(text => text is not null) is { } last ? Text(last) : "";

    /// <summary>Reads a notebook.</summary>
    /// <exception cref="NotebookException">The file is missing or not a notebook of format 4.</exception>
    internal static NotebookFile Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new NotebookException($"The notebook '{path}' does not exist.");
        }

        JsonNode? root;
        try
        {
            root = JsonNode.Parse(File.ReadAllText(path));
        }
        catch (JsonException error)
        {
            throw new NotebookException($"'{path}' is not a notebook: it is not JSON ({error.Message}).");
        }

        if (root is not JsonObject { } notebook || notebook["cells"] is not JsonArray || (int?)notebook["nbformat"] != 4)
        {
            throw new NotebookException($"'{path}' is not a notebook of format 4: 'nbformat' 4 and a list 'cells' were expected.");
        }

        return new NotebookFile(notebook);
    }

    /// <summary>Writes the notebook, naming the kernel that made its outputs.</summary>
    internal void Write(string path)
    {
        if (root["metadata"] is not JsonObject metadata)
        {
            root["metadata"] = metadata = [];
        }

        metadata["kernelspec"] ??= new JsonObject { ["display_name"] = "C# (ScFm)", ["language"] = "C#", ["name"] = "scfm" };
        metadata["language_info"] = Session.KernelInfo.Language();
        AtomicFile.WriteText(path, root.ToJsonString(Format) + "\n");
    }

    /// <summary>Text that the format keeps as a string or as a list of lines.</summary>
    internal static string Text(JsonNode? node) => node is JsonArray lines ? string.Concat(lines.Select(line => (string?)line)) : (string?)node ?? "";

    /// <summary>Text as the list of lines, line ends included, that the format prefers.</summary>
    internal static JsonArray Lines(string text)
    {
        var lines = new JsonArray();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) is >= 0 and var found ? found + 1 : text.Length;
            lines.Add(text[start..end]);
            start = end;
        }

        return lines;
    }
}
