using System.Globalization;
using ScFm.Model.Models.Geneformer;
using ScFm.Model.Tables;

namespace ScFm.Interactive.Display;

/// <summary>Shows what a Geneformer is: its sizes, its parameters by part, what a cell costs, and how it was trained.</summary>
public static class GeneformerView
{
    /// <summary>The model as an HTML fragment.</summary>
    public static string ToHtml(GeneformerModel model) => ModelView.ToHtml(Parts(model));

    /// <summary>The model as plain text.</summary>
    public static string ToText(GeneformerModel model) => ModelView.ToText(Parts(model));

    private static IEnumerable<(string Sentence, TableView? Table)> Parts(GeneformerModel model)
    {
        yield return (Sizes(model), ModelView.Parameters(model.Module, PartName));
        if (model.Report is { } report)
        {
            yield return (Training(report), report.ToTable().View(lowest: ["masked loss, held-out cells"], highest: ["masked accuracy"]));
        }
    }

    private static string Sizes(GeneformerModel model)
    {
        var c = model.Config;
        return string.Create(CultureInfo.InvariantCulture,
            $"Geneformer of {model.Genes}: {c.Layers} blocks × {c.Width}, {c.Heads} heads. Of a cell it reads the {c.MaxLength:N0} genes of highest rank, which takes {c.ForwardFlops(c.MaxLength, 0, model.Genes.Tokens) / 1e9:G3} GFLOP to embed.");
    }

    private static string PartName(string field) => field switch
    {
        "word_embeddings" => "gene embedding",
        "position_embeddings" => "rank embedding",
        "token_type_embeddings" => "type embedding",
        "embedding_norm" => "norm of the embeddings",
        "layers" => "blocks",
        _ => "output",
    };

    private static string Training(GeneformerReport report) => string.Create(CultureInfo.InvariantCulture,
        $"Pretrained for {report.Run.Steps:N0} steps in {report.Run.Elapsed.TotalSeconds:N0} s ({report.Run.CellsPerSecond:N0} cells/s, {report.Run.TokensPerSecond:N0} tokens/s), {report.Run.End.ToString().ToLowerInvariant()}; {report.HeldOut.Length:N0} cells were held out.");
}
