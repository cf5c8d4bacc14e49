namespace ScFm.Model.Display;

/// <summary>The formatters of every <see cref="IHtml"/> for .NET Interactive, which calls their members by name.</summary>
public sealed class HtmlFormatterSource
{
    /// <summary>One formatter a MIME type: text/html and text/plain.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new Formatter("text/html", shown => shown.ToHtml()),
        new Formatter("text/plain", shown => shown.ToString() ?? ""),
    ];

    /// <summary>Writes an object in one MIME type.</summary>
    private sealed class Formatter(string mimeType, Func<IHtml, string> write)
    {
        /// <summary>The MIME type it writes.</summary>
        public string MimeType => mimeType;

        /// <summary>Writes the object; false where it does not show itself as HTML.</summary>
        public bool Format(object instance, TextWriter writer)
        {
            if (instance is not IHtml shown)
            {
                return false;
            }
            writer.Write(write(shown));
            return true;
        }
    }
}
