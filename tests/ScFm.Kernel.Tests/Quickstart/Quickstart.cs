namespace ScFm.Kernel.Tests.Quickstart;

/// <summary>The quickstart notebook.</summary>
/// <param name="cells">Gives the cells, or skips the test.</param>
/// <param name="epochs">Passes over them.</param>
/// <param name="limit">Time for a cell of the notebook.</param>
public abstract class Quickstart(Func<string> cells, int epochs, TimeSpan limit)
    : Tutorial("01-quickstart.ipynb", () => new() { ["cellsPath"] = cells(), ["epochs"] = $"{epochs}" }, limit);
