using ScFm.Model.Files;

/// <summary>A benchmark as it is run: its table, or what stands in the way.</summary>
internal static class Benchmark
{
    /// <summary>Measures and prints the table; an error is one sentence.</summary>
    /// <param name="name">The benchmark's name.</param>
    /// <param name="measure">Measures, and says the machine where the table is to be kept as bench/results/NAME_MACHINE_DATE.md.</param>
    /// <returns>0, or 2 after an error.</returns>
    public static int Run(string name, Func<(string Table, string? Machine)> measure)
    {
        try
        {
            var (table, machine) = measure();
            Console.WriteLine(table);
            if (machine is not null)
            {
                AtomicFile.WriteText(Path.Combine(Processes.Results, $"{name}_{machine}_{DateTime.UtcNow:yyyy-MM-dd}.md"), table + "\n");
            }
            return 0;
        }
        catch (Exception error) when (error is ArgumentException or IOException or InvalidOperationException)
        {
            Console.Error.WriteLine(error.Message);
            return 2;
        }
    }
}
