using ScFm.Kernel.Protocol;

namespace ScFm.Kernel.Scripting;

/// <summary>Runs the compiler once in the background at start, so that the first cell does not wait for it to be loaded and jitted.</summary>
internal static class Warmup
{
    /// <summary>What cells are made of; it is compiled, not run.</summary>
    private const string Sample =
        """
        using System.Text;
        record Gene(string Name, double Mean = 0);
        var genes = new List<Gene> { new("CD3E", 1.5) };
        int Twice(int x) => 2 * x;
        foreach (var gene in genes.Where(g => g.Mean > 1).OrderBy(g => g.Name))
        {
            Console.WriteLine($"{gene.Name}: {gene.Mean:F2} {Twice(3)}");
        }

        try { await Task.Delay(1); } catch (Exception e) when (e is IOException) { throw; }
        double[] values = [1, 2, 3];
        for (int i = 0; i < values.Length; i++) values[i] += i > 1 ? i : -i;
        var table = genes.GroupBy(g => g.Mean).ToDictionary(g => g.Key, g => g.Count());
        display(HTML("<b>x</b>"));
        genes.Count
        """;

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
            // Compiled as if for the next cell, and thrown away: no cell has to wait for it.
            engine.Analyse(ScriptEngine.Parse(Sample)).Emit(Stream.Null);
        }
        catch (Exception error)
        {
            KernelLog.Write($"The warm-up failed: {error}");
        }
    }
}
