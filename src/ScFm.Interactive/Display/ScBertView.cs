using System.Globalization;
using ScFm.Model.Models.ScBert;
using ScFm.Model.Tables;
using ScFm.Model.Tasks.Annotation.Annotators;

namespace ScFm.Interactive.Display;

/// <summary>Shows what an scBERT is: its sizes, its parameters by part, what a cell costs, and how it was trained; and the same of one that tells cell types.</summary>
public static class ScBertView
{
    /// <summary>The model as an HTML fragment.</summary>
    public static string ToHtml(ScBertModel model) => ModelView.ToHtml(Parts(model));

    /// <summary>The model as plain text.</summary>
    public static string ToText(ScBertModel model) => ModelView.ToText(Parts(model));

    /// <summary>The classifier as an HTML fragment.</summary>
    public static string ToHtml(ScBertClassifier classifier) => ModelView.ToHtml(Parts(classifier));

    /// <summary>The classifier as plain text.</summary>
    public static string ToText(ScBertClassifier classifier) => ModelView.ToText(Parts(classifier));

    private static IEnumerable<(string Sentence, TableView? Table)> Parts(ScBertModel model)
    {
        yield return (Sizes(model.Config, model.Genes.Count), ModelView.Parameters(model.Module, PartName));
        if (model.Report is { } report)
        {
            yield return ($"{Training(report)} {Sentence(report.Summary)}", report.ToTable().View(lowest: ["masked loss, held-out cells"], highest: ["masked accuracy"]));
        }
    }

    private static IEnumerable<(string Sentence, TableView? Table)> Parts(ScBertClassifier classifier)
    {
        var types = classifier.Types;
        var some = string.Join(", ", types.Take(6)) + (types.Count > 6 ? ", ..." : "");
        yield return ($"Tells {types.Count} cell types ({some}). {Sizes(classifier.Module.Body.Config, classifier.Genes.Count)}", ModelView.Parameters(classifier.Module, part => part == "head" ? "head" : "scBERT"));
        yield return (string.Join(" ", classifier.Fit.Notes.Select(Sentence)), null);
    }

    private static string Sizes(ScBertConfig c, int genes) => string.Create(CultureInfo.InvariantCulture,
        $"scBERT of {genes:N0} genes: {c.Layers} blocks × {c.Width}, {c.Heads} heads of {c.HeadWidth}, bins 0 to {c.LargestBin}, gene vectors {c.GeneVectors.ToString().ToLowerInvariant()}. A cell takes {c.ForwardFlops(genes) / 1e9:G3} GFLOP to embed.");

    private static string PartName(string field) => field switch
    {
        "token_emb" => "bin embedding",
        "gene_vectors" => "gene vectors",
        "blocks" => "blocks",
        _ => "output",
    };

    private static string Training(ScBertReport report) => string.Create(CultureInfo.InvariantCulture,
        $"Pretrained for {report.Run.Steps:N0} steps in {report.Run.Elapsed.TotalSeconds:N0} s ({report.Run.CellsPerSecond:N0} cells/s), {report.Run.End.ToString().ToLowerInvariant()}; {report.HeldOut.Length:N0} cells were held out.");

    private static string Sentence(string phrase) => $"{char.ToUpperInvariant(phrase[0])}{phrase[1..]}.";
}
