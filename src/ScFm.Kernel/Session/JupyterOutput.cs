using System.Text.Json.Nodes;
using ScFm.Interactive.Hosting;
using ScFm.Kernel.Cells;
using ScFm.Kernel.Protocol;

namespace ScFm.Kernel.Session;

/// <summary>Publishes the output of one cell to the front ends.</summary>
internal sealed class JupyterOutput : ICellOutput
{
    private readonly IoPubChannel ioPub;
    private readonly JsonObject parent;
    private readonly int executionCount;
    private readonly StreamBuffer streams;

    internal JupyterOutput(IoPubChannel ioPub, JsonObject parent, int executionCount)
    {
        this.ioPub = ioPub;
        this.parent = parent;
        this.executionCount = executionCount;
        streams = new StreamBuffer((name, text) => ioPub.Publish("stream", new JsonObject { ["name"] = name, ["text"] = text }, parent));
    }

    public void Stream(string name, string text) => streams.Append(name, text);

    public void Display(MimeBundle content, string displayId) => Publish("display_data", content, displayId);

    public void Update(MimeBundle content, string displayId) => Publish("update_display_data", content, displayId);

    public void Result(MimeBundle content)
    {
        Flush();
        ioPub.Publish("execute_result", new JsonObject { ["data"] = MimeJson.Data(content), ["metadata"] = new JsonObject(), ["execution_count"] = executionCount }, parent);
    }

    public void Error(CellError error)
    {
        Flush();
        ioPub.Publish("error", MimeJson.Error(error), parent);
    }

    /// <summary>Sends what waits in the streams.</summary>
    internal void Flush() => streams.Flush();

    private void Publish(string type, MimeBundle content, string displayId)
    {
        Flush();
        var message = new JsonObject
        {
            ["data"] = MimeJson.Data(content),
            ["metadata"] = new JsonObject(),
            ["transient"] = new JsonObject { ["display_id"] = displayId },
        };
        ioPub.Publish(type, message, parent);
    }
}
