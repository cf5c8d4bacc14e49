using System.Globalization;
using ScFm.Model.Models.ScGpt;
using ScFm.Model.Tables;

namespace ScFm.Interactive.Display;

/// <summary>Shows what a scGPT is: its sizes, what it knows, its parameters by part, what a cell costs, and how it was trained.</summary>
public static class ScGptView
{
    /// <summary>The model as an HTML fragment.</summary>
    public static string ToHtml(ScGptModel model) => ModelView.ToHtml(Parts(model));

    /// <summary>The model as plain text.</summary>
    public static string ToText(ScGptModel model) => ModelView.ToText(Parts(model));

    private static IEnumerable<(string Sentence, TableView? Table)> Parts(ScGptModel model)
    {
        yield return (Sizes(model), ModelView.Parameters(model.Module, PartName));
        if (model.Types.Count > 0)
        {
            yield return ($"It tells {model.Types.Count} types: {Listed(model.Types)}.", null);
        }
        if (model.BatchLabels.Count > 0)
        {
            yield return ($"It knows {model.BatchLabels.Count} batches of the column '{model.BatchColumn}': {Listed(model.BatchLabels)}.", null);
        }
        if (model.Report is { } report)
        {
            yield return (Training(report), double.IsNaN(report.Error) ? null : report.ToTable().View(lowest: [report.ToTable().Columns[1].Name]));
        }
    }

    private static string Sizes(ScGptModel model)
    {
        var c = model.Config;
        return string.Create(CultureInfo.InvariantCulture,
            $"scGPT of {model.Vocabulary.Genes.Count:N0} genes in {c.Bins} bins: {c.Layers} blocks × {c.Width}, {c.Heads} heads. Of a cell it reads up to {c.MaxLength:N0} tokens, which takes {c.ForwardFlops(c.MaxLength, 0) / 1e9:G3} GFLOP to embed.");
    }

    private static string Listed(IReadOnlyList<string> labels) => string.Join(", ", labels.Take(12)) + (labels.Count > 12 ? ", ..." : "");

    private static string PartName(string field) => field switch
    {
        "encoder" => "gene embedding",
        "value_encoder" => "value embedding",
        "batch_encoder" => "batch embedding",
        "dsbn" or "bn" => "norm of batches",
        "transformer_encoder" => "blocks",
        "decoder" => "value decoder",
        "mvc_decoder" => "value decoder of cells",
        "cls_decoder" => "head of types",
        _ => "adversary",
    };

    private static string Training(ScGptReport report) => string.Create(CultureInfo.InvariantCulture,
        $"Trained for {report.Run.Steps:N0} steps in {report.Run.Elapsed.TotalSeconds:N0} s ({report.Run.CellsPerSecond:N0} cells/s, {report.Run.TokensPerSecond:N0} tokens/s), {report.Run.End.ToString().ToLowerInvariant()}; {report.HeldOut.Length:N0} cells were held out.");
}
