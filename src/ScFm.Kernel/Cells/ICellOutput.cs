using ScFm.Interactive.Hosting;

namespace ScFm.Kernel.Cells;

/// <summary>Where the output of one cell goes. Any thread may call it.</summary>
internal interface ICellOutput
{
    /// <param name="name">stdout or stderr.</param>
    /// <param name="text">What was written.</param>
    void Stream(string name, string text);

    void Display(MimeBundle content, string displayId);

    void Update(MimeBundle content, string displayId);

    /// <summary>The value of the cell's last expression.</summary>
    void Result(MimeBundle content);

    void Error(CellError error);
}
