using ScFm.Interactive.Figures.Plotly;
using ScFm.Interactive.Hosting;

namespace ScFm.Kernel.Cells;

/// <summary>Puts plotly.js before the first figure of a session, so that it and those after it are interactive without a network.</summary>
/// <param name="inner">Where the output goes.</param>
/// <param name="session">Remembers, from cell to cell, whether that was done.</param>
internal sealed class FigureOutput(ICellOutput inner, FigureOutput.Session session) : ICellOutput
{
    private const string FigureMime = "application/vnd.plotly.v1+json";

    public void Stream(string name, string text) => inner.Stream(name, text);

    public void Display(MimeBundle content, string displayId)
    {
        Load(content);
        inner.Display(content, displayId);
    }

    public void Update(MimeBundle content, string displayId) => inner.Update(content, displayId);

    public void Result(MimeBundle content)
    {
        Load(content);
        inner.Result(content);
    }

    public void Error(CellError error) => inner.Error(error);

    private void Load(MimeBundle content)
    {
        if (content.Data.ContainsKey(FigureMime) && session.IsFirst())
        {
            inner.Display(PlotlyBundle.Bundle, Guid.NewGuid().ToString("N"));
        }
    }

    /// <summary>One for all cells of a notebook.</summary>
    internal sealed class Session
    {
        private int figures;

        internal bool IsFirst() => Interlocked.Exchange(ref figures, 1) == 0;
    }
}
