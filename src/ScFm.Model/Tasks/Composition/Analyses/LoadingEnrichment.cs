using ScFm.Model.GeneSets;
using ScFm.Model.Tables;

namespace ScFm.Model.Tasks.Composition;

/// <summary>Which gene sets the latent dimensions of linear models stand for.</summary>
internal static class LoadingEnrichment
{
    private const double FalseDiscoveries = 0.25; // the level that Subramanian et al. suggest for exploring
    private const int Shown = 2; // sets of a dimension

    /// <summary>Returns quietly where there is a set that <see cref="Of"/> can look for.</summary>
    /// <exception cref="InvalidDataException">There is none; the message names the plan's field.</exception>
    internal static void Require(IReadOnlyList<GeneSet> sets, IReadOnlyList<string> genes)
    {
        try
        {
            Prerank.Placed(new RankedGenes(genes, new double[genes.Count]), sets, new PrerankOptions());
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"geneSets: {error.Message}", error);
        }
    }

    /// <summary>The sets that a dimension's loadings are most enriched for; null where the plan names no gene sets or no model is linear.</summary>
    internal static CompositionAnalysis? Of(AnalysisInput input)
    {
        if (input.Plan.GeneSets is not { } path)
        {
            return null;
        }
        var sets = GeneSetFile.Read(path);
        var rows = (from model in input.Models
                    from training in input.Plan.Trainings
                    let loadings = input.Latent(model, training.Name, seed: 0)?.Loadings
                    where loadings is not null
                    from dimension in Enumerable.Range(0, loadings.Columns)
                    let scores = Enumerable.Range(0, loadings.Rows).Select(gene => (double)loadings[gene, dimension]).ToArray()
                    from result in Prerank.Run(input.Cells.Genes, scores, sets, cancellation: input.Cancellation).Results
                        .Where(result => result.FalseDiscoveryRate <= FalseDiscoveries).OrderByDescending(result => Math.Abs(result.NormalisedScore)).Take(Shown)
                    select (model.Name, Training: training.Name, Dimension: (long)dimension, Result: result)).ToList();
        return new CompositionAnalysis(
            "Which programmes do latent dimensions stand for?",
            FormattableString.Invariant($"Prerank GSEA of each dimension's loadings (seed 0) against {sets.Count} sets of {Path.GetFileName(path)}: of each dimension the {Shown} sets of largest normalised score (NES) with a false discovery rate of at most {FalseDiscoveries}. P is that of random gene sets."),
            new Table(
                new TextColumn("model", [.. rows.Select(row => row.Name)]),
                new TextColumn("training", [.. rows.Select(row => row.Training)]),
                new IntegerColumn("dimension", [.. rows.Select(row => row.Dimension)]),
                new TextColumn("gene set", [.. rows.Select(row => row.Result.Set.Name)]),
                new NumberColumn("NES", [.. rows.Select(row => row.Result.NormalisedScore)], "F2"),
                new NumberColumn("P", [.. rows.Select(row => row.Result.PValue)], "G2"),
                new NumberColumn("FDR", [.. rows.Select(row => row.Result.FalseDiscoveryRate)], "G2")));
    }
}
