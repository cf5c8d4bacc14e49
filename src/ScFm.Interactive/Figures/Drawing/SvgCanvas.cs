using System.Globalization;
using System.Text;
using ScFm.Model.Tables;

namespace ScFm.Interactive.Figures.Drawing;

/// <summary>Writes the few SVG elements that figures are made of; numbers are rounded to a tenth of a pixel and texts escaped.</summary>
internal sealed class SvgCanvas
{
    private readonly StringBuilder svg = new();

    /// <summary>A number as SVG wants it.</summary>
    public static string Number(double value) => (Math.Round(value, 1) + 0.0).ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>Adds markup as it is.</summary>
    public void Raw(string markup) => svg.Append(markup).Append('\n');

    /// <summary>Draws a filled rectangle.</summary>
    public void Rectangle(Box box, string fill, string attributes = "") =>
        Raw($"""<rect x="{Number(box.Left)}" y="{Number(box.Top)}" width="{Number(box.Width)}" height="{Number(box.Height)}" fill="{fill}"{attributes}/>""");

    /// <summary>Draws a straight line.</summary>
    public void Line(double fromX, double fromY, double toX, double toY, string stroke, double width = 1) =>
        Raw($"""<path d="M{Number(fromX)} {Number(fromY)}L{Number(toX)} {Number(toY)}" stroke="{stroke}" stroke-width="{Number(width)}" fill="none"/>""");

    /// <summary>Writes a text.</summary>
    /// <param name="text">The text, as it comes from the data.</param>
    /// <param name="x">Where it begins, is centred or ends, as <paramref name="anchor"/> says.</param>
    /// <param name="y">Its base line.</param>
    /// <param name="anchor">start, middle or end.</param>
    /// <param name="size">In pixels.</param>
    /// <param name="attributes">More attributes, each with a space before it.</param>
    public void Text(string text, double x, double y, string anchor, double size, string attributes = "") =>
        Raw($"""<text x="{Number(x)}" y="{Number(y)}" text-anchor="{anchor}" font-size="{Number(size)}"{attributes}>{HtmlText.Escape(text)}</text>""");

    /// <summary>Places a PNG picture.</summary>
    public void Image(byte[] png, Box box, string attributes = "") =>
        Raw($"""<image x="{Number(box.Left)}" y="{Number(box.Top)}" width="{Number(box.Width)}" height="{Number(box.Height)}" preserveAspectRatio="none"{attributes} href="data:image/png;base64,{Convert.ToBase64String(png)}"/>""");

    /// <inheritdoc/>
    public override string ToString() => svg.ToString();
}
