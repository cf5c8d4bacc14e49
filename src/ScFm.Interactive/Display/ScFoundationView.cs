using System.Globalization;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tables;

namespace ScFm.Interactive.Display;

/// <summary>Shows what a scFoundation is: its sizes, its parameters by part, what a cell costs, and how it was pretrained.</summary>
public static class ScFoundationView
{
    private const int TypicalExpressedGenes = 1000;

    /// <summary>The model as an HTML fragment.</summary>
    public static string ToHtml(ScFoundationModel model) => ModelView.ToHtml(Parts(model));

    /// <summary>The model as plain text.</summary>
    public static string ToText(ScFoundationModel model) => ModelView.ToText(Parts(model));

    private static IEnumerable<(string Sentence, TableView? Table)> Parts(ScFoundationModel model)
    {
        yield return (Sizes(model), ModelSummary.Parameters(model.Module).View());
        if (model.Report is { } report)
        {
            yield return (Training(report), report.ToTable().View(lowest: ["masked MSE, held-out cells"]));
        }
    }

    private static string Sizes(ScFoundationModel model)
    {
        var c = model.Config;
        var expressed = Math.Min(TypicalExpressedGenes, c.Genes);
        return string.Create(CultureInfo.InvariantCulture,
            $"scFoundation of {c.Genes:N0} genes: encoder {c.EncoderDepth} × {c.EncoderWidth}, {c.EncoderHeads} heads; decoder {c.DecoderDepth} × {c.DecoderWidth}, {c.DecoderHeads} heads. A cell of {expressed:N0} expressed genes takes {ModelSummary.ForwardFlops(c, expressed, decode: false) / 1e9:G3} GFLOP to embed and {ModelSummary.ForwardFlops(c, expressed) / 1e9:G3} to decode.");
    }

    private static string Training(PretrainingReport report) => string.Create(CultureInfo.InvariantCulture,
        $"Pretrained for {report.Run.Steps:N0} steps in {report.Run.Elapsed.TotalSeconds:N0} s ({report.Run.CellsPerSecond:N0} cells/s, {report.Run.TokensPerSecond:N0} tokens/s), {report.Run.End.ToString().ToLowerInvariant()}; {report.Genes.Matched:N0} genes matched.");
}
