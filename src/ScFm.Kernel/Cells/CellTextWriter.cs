using System.Text;

namespace ScFm.Kernel.Cells;

/// <summary>The console as cells see it: what is written goes to the cell that writes it.</summary>
/// <param name="name">stdout or stderr.</param>
/// <param name="outside">Where text goes that no cell writes.</param>
internal sealed class CellTextWriter(string name, TextWriter outside) : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>Sends the console of this process to the cells.</summary>
    internal static void TakeOverConsole()
    {
        Console.SetOut(new CellTextWriter("stdout", Console.Out));
        Console.SetError(new CellTextWriter("stderr", Console.Error));
        Console.SetIn(new CellTextReader());
    }

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(new string(buffer));

    public override void Write(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return;
        }

        if (CellContext.Current is { } cell)
        {
            cell.Output.Stream(name, value);
        }
        else
        {
            outside.Write(value);
        }
    }

    public override void WriteLine(string? value) => Write(value + "\n");
}
