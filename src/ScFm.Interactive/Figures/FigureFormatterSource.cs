namespace ScFm.Interactive.Figures;

/// <summary>The formatters of <see cref="Figure"/> for .NET Interactive, which calls their members by name.</summary>
internal sealed class FigureFormatterSource
{
    /// <summary>One formatter a MIME type.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new Formatter("text/html", figure => figure.ToHtml()),
        new Formatter("text/plain", figure => figure.ToString()),
    ];

    /// <summary>Writes a figure in one MIME type.</summary>
    private sealed class Formatter(string mimeType, Func<Figure, string> write)
    {
        /// <summary>The MIME type it writes.</summary>
        public string MimeType => mimeType;

        /// <summary>Writes the figure; false for any other object.</summary>
        public bool Format(object instance, TextWriter writer)
        {
            if (instance is not Figure figure)
            {
                return false;
            }
            writer.Write(write(figure));
            return true;
        }
    }
}
