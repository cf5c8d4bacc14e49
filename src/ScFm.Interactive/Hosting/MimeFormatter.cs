using System.Collections.Concurrent;
using ScFm.Interactive.Display;
using ScFm.Interactive.Figures;
using ScFm.Interactive.Figures.Plotly;
using ScFm.Model.Cells;
using ScFm.Model.Models.Geneformer;
using ScFm.Model.Models.ScBert;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Models.ScGpt;
using ScFm.Model.Models.ScVi;
using ScFm.Model.Tasks.Annotation.Annotators;

namespace ScFm.Interactive.Hosting;

/// <summary>Turns any object into what front ends show.</summary>
/// <remarks>
/// In this order: a type's registered writer; a figure; a public parameterless <c>string ToHtml()</c>; text, numbers and other plain values as text;
/// a sequence or an object with properties as a table; anything else by its <c>ToString()</c>.
/// </remarks>
public static class MimeFormatter
{
    private const int LargestSecondPicture = 1 << 18;
    private static readonly ConcurrentDictionary<Type, Func<object, string>> writers = new();

    static MimeFormatter()
    {
        Register<AnnData>(CellsView.ToHtml, CellsView.ToText);
        Register<ScFoundationModel>(ScFoundationView.ToHtml, ScFoundationView.ToText);
        Register<GeneformerModel>(GeneformerView.ToHtml, GeneformerView.ToText);
        Register<ScBertModel>(ScBertView.ToHtml, ScBertView.ToText);
        Register<ScBertClassifier>(ScBertView.ToHtml, ScBertView.ToText);
        Register<ScGptModel>(ScGptView.ToHtml, ScGptView.ToText);
        Register<ScViModel>(ScViView.ToHtml, ScViView.ToText);
        Register<GeneReport>(report => report.ToTable().ToHtml(), report => report.ToString());
    }

    /// <summary>Tells how to show a type and the types derived from it.</summary>
    /// <param name="html">Writes an HTML fragment; it must escape what comes from data.</param>
    /// <param name="text">Writes plain text. Default: the object's <c>ToString()</c>.</param>
    public static void Register<T>(Func<T, string> html, Func<T, string>? text = null)
        where T : notnull
    {
        writers[typeof(T)] = value => html((T)value);
        if (text is not null)
        {
            PlainText.Register(typeof(T), value => text((T)value));
        }
    }

    /// <summary>The types whose writers are registered.</summary>
    public static IReadOnlyCollection<Type> RegisteredTypes => [.. writers.Keys];

    /// <summary>The object in every form that a front end may want: always text/plain, text/html where it has more to show.</summary>
    public static MimeBundle Format(object? value)
    {
        if (value is MimeBundle ready)
        {
            return ready;
        }
        var data = new Dictionary<string, object> { ["text/plain"] = PlainText.Of(value) };
        if (value is Figure figure)
        {
            AddFigure(data, figure);
        }
        else if (value is not null && Html(value) is { } html)
        {
            data["text/html"] = html;
        }
        return new MimeBundle(data);
    }

    /// <summary>The object as an HTML fragment, or null where plain text says it all.</summary>
    internal static string? Html(object value)
    {
        for (var type = value.GetType(); type is not null; type = type.BaseType)
        {
            if (writers.TryGetValue(type, out var write))
            {
                return write(value);
            }
        }
        return HtmlMethod.Call(value) ?? ObjectTable.Of(value)?.ToHtml();
    }

    private static void AddFigure(Dictionary<string, object> data, Figure figure)
    {
        var (plotly, svg) = (PlotlyFigure.From(figure), figure.ToSvg());
        data["text/html"] = FigureHtml.Fragment(figure, plotly.ToJsonString(), svg);
        data["application/vnd.plotly.v1+json"] = plotly;
        // The picture is inside the HTML already; a large one is not stored twice.
        if (svg.Length <= LargestSecondPicture)
        {
            data["image/svg+xml"] = svg;
        }
    }
}
