using ScFm.Kernel.Protocol;

namespace ScFm.Kernel.Scripting;

/// <summary>Runs the compiler once in the background at start, so that the first cell does not wait for it to be loaded and jitted.</summary>
internal static class Warmup
{
    internal static void Start(ScriptEngine engine)
    {
        var thread = new Thread(() => Run(engine)) { IsBackground = true, Name = "warm-up" };
        thread.Start();
    }

    private static void Run(ScriptEngine engine)
    {
        try
        {
            engine.Prepare("1 + 1", "warm-up").RunAsync().GetAwaiter().GetResult();
            engine.Analyse(ScriptEngine.Parse("Console.Out.WriteLine(new[] { 1 }.Select(x => $\"{x}\"));")).GetDiagnostics();
        }
        catch (Exception error)
        {
            KernelLog.Write($"The warm-up failed: {error}");
        }
    }
}
