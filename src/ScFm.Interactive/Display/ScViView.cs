using System.Globalization;
using ScFm.Model.Models.ScVi;
using ScFm.Model.Tables;

namespace ScFm.Interactive.Display;

/// <summary>Shows what an scVI or LDVAE is: its shape, its parameters by part, how it was trained and on what, and what its latent variables move.</summary>
public static class ScViView
{
    /// <summary>The model as an HTML fragment.</summary>
    public static string ToHtml(ScViModel model) => ModelView.ToHtml(Parts(model));

    /// <summary>The model as plain text.</summary>
    public static string ToText(ScViModel model) => ModelView.ToText(Parts(model));

    private static IEnumerable<(string Sentence, TableView? Table)> Parts(ScViModel model)
    {
        yield return (Shape(model), ModelView.Parameters(model.Module, PartName));
        if (model.Recipe is { } recipe)
        {
            yield return ($"Trained on {recipe}.", null);
        }
        if (model.Report is { } report)
        {
            yield return (Training(report), report.ToTable().View(lowest: [ScViReport.LossName]));
            if (report.Remark is { } remark)
            {
                yield return (remark, null);
            }
        }
        if (model.Module.Config.Decoder == DecoderKind.Linear)
        {
            yield return ("What a latent variable raises and lowers; its sign is arbitrary.", model.TopLoadings(5).View(rows: model.Module.Config.Latent));
        }
    }

    private static string Shape(ScViModel model)
    {
        var c = model.Module.Config;
        var (decoder, likelihood) = (
            c.Decoder == DecoderKind.Linear ? "a linear decoder" : $"a decoder of {Layers(c)}",
            c.Likelihood switch { CountLikelihood.NegativeBinomial => "negative binomial", CountLikelihood.Poisson => "Poisson", _ => "zero-inflated negative binomial" });
        var batches = model.BatchColumn is { } column ? $"; {model.BatchLabels.Count} batches by '{column}'" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{model.Name} of {model.Genes.Count:N0} genes and {c.Latent} latent variables: an encoder of {Layers(c)}, {decoder}, {likelihood} counts, {(c.ObservedLibrary ? "observed" : "inferred")} library size{batches}.");
    }

    private static string Layers(ScViConfig config) => config.Layers == 1 ? $"one layer of {config.Hidden}" : $"{config.Layers} layers of {config.Hidden}";

    private static string PartName(string part) => part switch { "px_r" => "dispersion", "z_encoder" => "encoder", "l_encoder" => "encoder of the library size", _ => part };

    private static string Training(ScViReport report) => string.Create(CultureInfo.InvariantCulture,
        $"Trained for {report.Run.Steps:N0} steps in {report.Run.Elapsed.TotalSeconds:N0} s ({report.Run.CellsPerSecond:N0} cells/s), {report.Run.End.ToString().ToLowerInvariant()}; {report.HeldOut.Length:N0} cells were held out.");
}
