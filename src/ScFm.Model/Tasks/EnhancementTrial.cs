using ScFm.Model.Cells;
using ScFm.Model.Metrics;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tables;
using ScFm.Model.Tasks.Enhancers;
using ScFm.Model.Tasks.ReadDepth;

namespace ScFm.Model.Tasks;

/// <summary>Thins cells, enhances them back to their true depth and compares with what was there.</summary>
/// <remarks>Source: scFoundation, Fig. 2B: held-out cells, non-zero genes.</remarks>
public sealed record EnhancementTrial
{
    /// <summary>The share of reads that was kept.</summary>
    public required double Rate { get; init; }

    /// <summary>True expression of each non-zero gene of each cell: log1p of counts per 10,000.</summary>
    public required double[] Truth { get; init; }

    /// <summary>The thinned cells' own values at the same places.</summary>
    public required double[] Observed { get; init; }

    /// <summary>The genes' training means at the same places.</summary>
    public required double[] GeneMean { get; init; }

    /// <summary>The model's predictions at the same places.</summary>
    public required double[] Model { get; init; }

    /// <summary>Runs the trial.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cells">Cells with raw counts that the model was not trained on.</param>
    /// <param name="geneMeans">Each gene's mean over the training cells; see <see cref="GeneMeans"/>.</param>
    /// <param name="rate">The share of reads to keep, above 0 and below 1. Default: 0.1.</param>
    /// <param name="seed">Seed of the thinning. Default: 0.</param>
    /// <param name="aliases">Other names of genes. Default: none.</param>
    /// <param name="progress">Told the number of cells done. Default: nobody.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    public static EnhancementTrial Run(
        ScFoundationModel model, AnnData cells, float[] geneMeans, double rate = 0.1, int seed = 0, GeneAliases? aliases = null,
        IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        var (counts, _) = model.Read(cells, aliases);
        var pair = DepthPair.Thin(new AnnData(counts, cells.ObsNames, [.. model.Vocabulary.Names]), rate, seed);
        var enhancer = new ScFoundationEnhancer(model, new EnhancementOptions { Depth = Depth.Fold(1 / rate), Seed = seed });
        return new EnhancementTrial
        {
            Rate = rate,
            Truth = pair.TrueValues,
            Observed = pair.ValuesAt(new ObservedEnhancer().Enhance(pair.Shallow)),
            GeneMean = [.. pair.TrueGenes.ToArray().Select(gene => (double)geneMeans[gene])],
            Model = pair.ValuesAt(enhancer.Enhance(pair.Shallow, progress, cancellation)),
        };
    }

    /// <summary>The thinned cells' own agreement with the truth.</summary>
    public RecoveryScores ObservedScores => Reconstruction.OfExpressed<double>(Truth, Observed);

    /// <summary>The gene means' agreement with the truth.</summary>
    public RecoveryScores GeneMeanScores => Reconstruction.OfExpressed<double>(Truth, GeneMean);

    /// <summary>The model's agreement with the truth.</summary>
    public RecoveryScores ModelScores => Reconstruction.OfExpressed<double>(Truth, Model);

    /// <summary>The scores of the three columns beside each other, over all non-zero genes of all cells.</summary>
    public Table ToTable()
    {
        RecoveryScores[] rows = [ObservedScores, GeneMeanScores, ModelScores];
        return new Table(
            new TextColumn("values", ["thinned cells", "gene mean", "model"]),
            new NumberColumn("MAE", [.. rows.Select(r => r.MeanAbsoluteError)], "F3"),
            new NumberColumn("MRE", [.. rows.Select(r => r.MeanRelativeError)], "F3"),
            new NumberColumn("Pearson", [.. rows.Select(r => r.Pearson)], "F3"));
    }

    /// <summary>One sentence for each score in which the model is not better than the thinned cells or the gene means; none where it always is.</summary>
    public IEnumerable<string> Shortcomings()
    {
        var model = ModelScores;
        foreach (var (name, other) in new[] { ("the thinned cells themselves", ObservedScores), ("the gene means", GeneMeanScores) })
        {
            string[] lost =
            [
                .. model.MeanAbsoluteError < other.MeanAbsoluteError ? Array.Empty<string>() : ["MAE"],
                .. model.MeanRelativeError < other.MeanRelativeError ? Array.Empty<string>() : ["MRE"],
                .. model.Pearson > other.Pearson ? Array.Empty<string>() : ["Pearson"],
            ];
            if (lost.Length > 0)
            {
                yield return $"The model does not beat {name} in {string.Join(", ", lost)}: train it longer or on more cells.";
            }
        }
    }
}
