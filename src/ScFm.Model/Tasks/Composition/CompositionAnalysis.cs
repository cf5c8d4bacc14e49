using ScFm.Model.Display;
using ScFm.Model.Tables;

namespace ScFm.Model.Tasks.Composition;

/// <summary>A question to the trained models with its answer.</summary>
/// <param name="Title">The question.</param>
/// <param name="Explanation">What was done and what the columns mean, in sentences.</param>
/// <param name="Table">The answer.</param>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed record CompositionAnalysis(string Title, string Explanation, Table Table) : IHtml
{
    /// <summary>Question, explanation and table.</summary>
    public string ToHtml() => $"<h4>{HtmlText.Escape(Title)}</h4><p>{HtmlText.Escape(Explanation)}</p>{Table.WholeView().ToHtml()}";

    /// <summary>The same as text.</summary>
    public override string ToString() => $"{Title}\n{Explanation}\n\n{Table.WholeView()}";
}
