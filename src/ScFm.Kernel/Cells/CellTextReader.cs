namespace ScFm.Kernel.Cells;

/// <summary>The console's input as cells see it: there is none, and a cell that asks is told so instead of hanging or reading nothing.</summary>
internal sealed class CellTextReader : TextReader
{
    public override int Read() => throw NoInput();

    public override int Read(char[] buffer, int index, int count) => throw NoInput();

    public override string? ReadLine() => throw NoInput();

    private static InvalidOperationException NoInput() => new("A cell cannot read from the console: give the value in a variable.");
}
