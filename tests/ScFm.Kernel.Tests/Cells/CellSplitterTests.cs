using ScFm.Kernel.Cells;

namespace ScFm.Kernel.Tests.Cells;

public sealed class CellSplitterTests
{
    [Fact]
    public void Code_and_magic_keep_their_order_and_lines_their_numbers()
    {
        var segments = CellSplitter.Split("int a;\n#!scfm load x\r\n  #!time\nint b;\nint c;");
        Assert.Equal(
            [new CellSegment(false, "int a;"), new CellSegment(true, "#!scfm load x"), new CellSegment(true, "#!time"), new CellSegment(false, "\n\n\nint b;\nint c;")],
            segments);
    }

    [Fact]
    public void Only_code_is_left_at_the_same_offsets()
    {
        const string cell = "#!time\nint x;";
        var code = CellSplitter.CodeOnly(cell);
        Assert.Equal(cell.Length, code.Length);
        Assert.Equal("      \nint x;", code);
    }
}
