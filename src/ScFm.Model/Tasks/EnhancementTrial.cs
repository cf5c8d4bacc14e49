using ScFm.Model.Cells;
using ScFm.Model.Metrics;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tables;

namespace ScFm.Model.Tasks;

/// <summary>Thins cells, enhances them back to their true depth and compares with what was there.</summary>
/// <remarks>Source: scFoundation, Fig. 2B: held-out cells, non-zero genes.</remarks>
public sealed record EnhancementTrial
{
    /// <summary>The share of reads that was kept.</summary>
    public required double Rate { get; init; }

    /// <summary>True expression of each non-zero gene of each cell: log1p of counts per 10,000.</summary>
    public required float[] Truth { get; init; }

    /// <summary>The thinned cells' own values at the same places.</summary>
    public required float[] Observed { get; init; }

    /// <summary>The genes' training means at the same places.</summary>
    public required float[] GeneMean { get; init; }

    /// <summary>The model's predictions at the same places.</summary>
    public required float[] Model { get; init; }

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
        if (!(rate > 0 && rate < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), $"The rate is {rate}; expected a number above 0 and below 1.");
        }
        var (counts, _) = model.Read(cells, aliases);
        var thinned = Downsampling.Binomial(counts, rate, seed);
        var kept = Enumerable.Range(0, counts.Rows).Where(cell => !thinned.RowIndices(cell).IsEmpty).ToArray();
        (counts, thinned) = (counts.SelectRows(kept), thinned.SelectRows(kept));

        var (truth, observed) = (Normalisation.LogNormalise(counts), Normalisation.LogNormalise(thinned).ToDense());
        var thinnedCells = new AnnData(thinned, [.. kept.Select(cell => cells.ObsNames[cell])], [.. model.Vocabulary.Names]);
        var options = new EnhancementOptions { Depth = Depth.Fold(1 / rate), Seed = seed };
        var enhanced = Enhancement.Run(model, thinnedCells, options, aliases: null, progress, cancellation);

        var places = Enumerable.Range(0, truth.Rows).SelectMany(cell => truth.RowIndices(cell).ToArray().Select(gene => (cell, gene))).ToArray();
        return new EnhancementTrial
        {
            Rate = rate,
            Truth = truth.Values,
            Observed = [.. places.Select(p => observed[p.cell, p.gene])],
            GeneMean = [.. places.Select(p => geneMeans[p.gene])],
            Model = [.. places.Select(p => enhanced[p.cell, p.gene])],
        };
    }

    /// <summary>True where the model is better than the thinned cells' own values by all three scores.</summary>
    public bool BeatsObserved =>
        Score(Model, Agreement.MeanAbsoluteError) < Score(Observed, Agreement.MeanAbsoluteError)
        && Score(Model, Agreement.MeanRelativeError) < Score(Observed, Agreement.MeanRelativeError)
        && Score(Model, Agreement.Pearson) > Score(Observed, Agreement.Pearson);

    /// <summary>The scores of the three columns beside each other, over all non-zero genes of all cells.</summary>
    public Table ToTable()
    {
        float[][] columns = [Observed, GeneMean, Model];
        NumberColumn Scores(string name, Func<float[], float[], double> score) => new(name, [.. columns.Select(c => Score(c, score))], "F3");
        return new Table(
            new TextColumn("values", ["thinned cells", "gene mean", "model"]),
            Scores("MAE", Agreement.MeanAbsoluteError),
            Scores("MRE", Agreement.MeanRelativeError),
            Scores("Pearson", Agreement.Pearson));
    }

    private double Score(float[] predicted, Func<float[], float[], double> score) => score(Truth, predicted);
}
