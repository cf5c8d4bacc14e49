using System.Text.Json.Nodes;
using ScFm.Interactive.Hosting;
using ScFm.Kernel.Cells;

namespace ScFm.Kernel.Notebooks;

/// <summary>Gathers the output of one cell as the notebook format keeps it.</summary>
internal sealed class NotebookOutput(int executionCount) : ICellOutput
{
    private readonly Lock gate = new();
    private readonly List<JsonObject> outputs = [];
    private readonly Dictionary<string, JsonObject> displays = [];

    public void Stream(string name, string text)
    {
        lock (gate)
        {
            if (outputs.LastOrDefault() is { } last && (string?)last["output_type"] == "stream" && (string?)last["name"] == name)
            {
                last["text"] = (string?)last["text"] + text;
            }
            else
            {
                outputs.Add(new JsonObject { ["name"] = name, ["output_type"] = "stream", ["text"] = text });
            }
        }
    }

    public void Display(MimeBundle content, string displayId)
    {
        lock (gate)
        {
            var output = new JsonObject { ["data"] = Data(content), ["metadata"] = new JsonObject(), ["output_type"] = "display_data" };
            displays[displayId] = output;
            outputs.Add(output);
        }
    }

    public void Update(MimeBundle content, string displayId)
    {
        lock (gate)
        {
            if (displays.TryGetValue(displayId, out var output))
            {
                output["data"] = Data(content);
            }
        }
    }

    public void Result(MimeBundle content)
    {
        lock (gate)
        {
            outputs.Add(new JsonObject
            {
                ["data"] = Data(content),
                ["execution_count"] = executionCount,
                ["metadata"] = new JsonObject(),
                ["output_type"] = "execute_result",
            });
        }
    }

    public void Error(CellError error)
    {
        lock (gate)
        {
            var output = MimeJson.Error(error);
            output["output_type"] = "error";
            outputs.Add(output);
        }
    }

    /// <summary>The outputs so far, as a copy.</summary>
    internal JsonArray ToJson()
    {
        lock (gate)
        {
            var copy = new JsonArray();
            foreach (var output in outputs)
            {
                var clone = (JsonObject)output.DeepClone();
                if (clone["text"] is { } text)
                {
                    clone["text"] = NotebookFile.Lines(NotebookFile.Text(text));
                }

                copy.Add(clone);
            }

            return copy;
        }
    }

    /// <summary>Texts as lists of lines, for readable differences; JSON stays JSON.</summary>
    private static JsonObject Data(MimeBundle content)
    {
        var data = MimeJson.Data(content);
        foreach (var mime in data.Select(entry => entry.Key).ToArray())
        {
            if (data[mime] is JsonValue value && value.TryGetValue(out string? text) && !mime.StartsWith("image/png", StringComparison.Ordinal))
            {
                data[mime] = NotebookFile.Lines(text);
            }
        }

        return data;
    }
}
