using System.Text.Json.Nodes;
using ScFm.Kernel.Cells;
using ScFm.Kernel.Protocol;

namespace ScFm.Kernel.Session;

/// <summary>Answers execute requests.</summary>
internal sealed class ExecuteHandler(Notebook notebook, IoPubChannel ioPub, ExecutionHistory history)
{
    private int count;

    /// <summary>Runs the cell of a request.</summary>
    /// <returns>The reply, and whether the cells that already wait are to be given up.</returns>
    internal (JsonObject Reply, bool AbortsQueue) Execute(JupyterMessage request)
    {
        var code = (string?)request.Content["code"] ?? "";
        var silent = (bool?)request.Content["silent"] ?? false;
        var stored = !silent && ((bool?)request.Content["store_history"] ?? true);
        var number = stored ? ++count : Math.Max(count, 1);
        if (stored)
        {
            history.Add(number, code);
        }

        if (!silent)
        {
            ioPub.Publish("execute_input", new JsonObject { ["code"] = code, ["execution_count"] = number }, request.Header);
        }

        var visible = new JupyterOutput(ioPub, request.Header, number);
        var (error, ending) = Run(code, CellContext.PathOf(number), silent ? new SilentOutput() : visible);
        var reply = error is null ? Success(request) : MimeJson.Error(error);
        visible.Flush();
        reply["status"] = error is null ? "ok" : "error";
        reply["execution_count"] = number;
        var stops = (bool?)request.Content["stop_on_error"] ?? true;
        return (reply, (error is not null && stops) || ending != CellEnding.Completed);
    }

    private (CellError? Error, CellEnding Ending) Run(string code, string path, ICellOutput output)
    {
        CellError? error = null;
        var run = new CellRun(
            (cancellation, force) => error = notebook.Runner.Run(code, notebook.Context(path, output, cancellation, force)),
            ignored: () => output.Stream("stderr", "The cell has not stopped yet. Interrupt it once more to end it by force.\n"));
        var ending = notebook.Thread.Run(run);
        if (ending == CellEnding.Abandoned)
        {
            const string message = "The cell could not be stopped, so it was left running on a thread of its own; the kernel goes on without it.";
            error = new CellError("Abandoned", message, [message]);
            output.Error(error);
        }

        return (error, ending);
    }

    private JsonObject Success(JupyterMessage request)
    {
        var values = new JsonObject();
        foreach (var (name, expression) in request.Content["user_expressions"] as JsonObject ?? [])
        {
            values[name] = Evaluate((string?)expression ?? "");
        }

        return new JsonObject { ["payload"] = new JsonArray(), ["user_expressions"] = values };
    }

    private JsonObject Evaluate(string expression)
    {
        try
        {
            return new JsonObject { ["status"] = "ok", ["data"] = MimeJson.Data(notebook.Runner.Evaluate(expression)), ["metadata"] = new JsonObject() };
        }
        catch (Exception error)
        {
            var answer = MimeJson.Error(notebook.Runner.Describe(error));
            answer["status"] = "error";
            return answer;
        }
    }
}
