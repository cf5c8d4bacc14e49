using System.Diagnostics;
using ScFm.Interactive.Hosting;
using ScFm.Kernel.Packages;
using ScFm.Kernel.Scripting;

namespace ScFm.Kernel.Cells;

/// <summary>Runs one cell: its code and its magic commands in their order.</summary>
internal sealed class CellRunner(ScriptEngine engine, PackageLoader packages, MagicCommands magics)
{
    private readonly ErrorTrace trace = new(engine);

    /// <summary>Runs the cell on this thread; its outputs, an error included, go to <see cref="CellContext.Output"/>.</summary>
    /// <returns>The error, or null when all went well.</returns>
    internal CellError? Run(string code, CellContext cell)
    {
        cell.Enter();
        try
        {
            RunSegments(CellSplitter.Split(code), cell);
            return null;
        }
        catch (Exception error)
        {
            var described = trace.Describe(error, cell.Cancellation.IsCancellationRequested);
            cell.Output.Error(described);
            return described;
        }
    }

    /// <summary>The value of an expression, for a front end that asks; nothing is shown.</summary>
    /// <exception cref="Exception">Whatever the expression throws.</exception>
    internal MimeBundle Evaluate(string expression) =>
        MimeFormatter.Format(engine.Prepare(expression, "expression").RunAsync().GetAwaiter().GetResult());

    /// <summary>Describes an error of <see cref="Evaluate"/>.</summary>
    internal CellError Describe(Exception error) => trace.Describe(error);

    private void RunSegments(IReadOnlyList<CellSegment> segments, CellContext cell)
    {
        Stopwatch? clock = null;
        for (var i = 0; i < segments.Count; i++)
        {
            cell.Cancellation.ThrowIfCancellationRequested();
            if (segments[i].IsMagic)
            {
                if (segments[i].Text == MagicCommands.Time)
                {
                    clock = Stopwatch.StartNew();
                }
                else
                {
                    magics.Run(segments[i].Text, cell);
                }
            }
            else
            {
                RunCode(segments[i].Text, cell, isLast: i == segments.Count - 1);
            }
        }

        if (clock is not null)
        {
            Console.WriteLine($"Time: {(clock.Elapsed.TotalSeconds < 1 ? $"{clock.Elapsed.TotalMilliseconds:F1} ms" : $"{clock.Elapsed.TotalSeconds:F2} s")}");
        }
    }

    private void RunCode(string code, CellContext cell, bool isLast)
    {
        var submission = engine.Prepare(packages.LoadReferences(code, cell.Cancellation), cell.Path);
        var value = InterruptibleCall.Run(submission.RunAsync, cell.Force);
        if (!submission.HasValue || value is DisplayHandle)
        {
            return;
        }

        var content = MimeFormatter.Format(value);
        if (isLast)
        {
            cell.Output.Result(content);
        }
        else
        {
            cell.Output.Display(content, Guid.NewGuid().ToString("N"));
        }
    }
}
