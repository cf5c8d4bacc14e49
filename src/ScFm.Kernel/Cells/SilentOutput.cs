using ScFm.Interactive.Hosting;

namespace ScFm.Kernel.Cells;

/// <summary>Shows nothing.</summary>
internal sealed class SilentOutput : ICellOutput
{
    public void Stream(string name, string text) { }

    public void Display(MimeBundle content, string displayId) { }

    public void Update(MimeBundle content, string displayId) { }

    public void Result(MimeBundle content) { }

    public void Error(CellError error) { }
}
