using ScFm.Model.Metrics;
using ScFm.Model.Screens;

namespace ScFm.Model.Tasks.Perturbations;

/// <summary>How near a predicted mean expression is to that of the cells that were perturbed, log1p of counts per 10,000.</summary>
/// <remarks>A correlation that a prediction lacks, since it does not vary, counts as 0: it tells nothing apart. So "no change" has 0 for the change.</remarks>
/// <param name="Mse">Mean squared error over all genes.</param>
/// <param name="Pearson">Correlation over all genes; most of it is which genes are high in any cell.</param>
/// <param name="MseTop">Mean squared error over the 20 genes that change most clearly; see <see cref="DifferentialGenes"/>.</param>
/// <param name="PearsonTop">Correlation over these.</param>
/// <param name="PearsonDelta">Correlation of the predicted change from control with the true one, over all genes.</param>
/// <param name="PearsonDeltaTop">The same over the 20 genes.</param>
/// <param name="Direction">Share of the 20 genes that change in the predicted direction.</param>
/// <param name="WithinFive">Share of the 20 genes whose predicted mean is within 5% of the true mean.</param>
/// <param name="WithinPercentiles">Share of the 20 genes whose predicted mean lies between the 45th and the 55th percentile of the true cells, as published with GEARS; of a gene that most cells lack both are 0.</param>
public sealed record PerturbationScore(
    double Mse, double Pearson, double MseTop, double PearsonTop, double PearsonDelta, double PearsonDeltaTop, double Direction, double WithinFive, double WithinPercentiles)
{
    /// <summary>Genes that are looked at on their own.</summary>
    public const int TopGenes = 20;

    private const double Near = 0.05;

    /// <summary>The score of one group.</summary>
    /// <param name="screen">The screen.</param>
    /// <param name="group">The group.</param>
    /// <param name="predicted">Its predicted mean expression, [genes].</param>
    /// <param name="top">The genes that change most clearly.</param>
    /// <exception cref="ArgumentException">The prediction has another length or is not finite.</exception>
    public static PerturbationScore Of(PerturbationScreen screen, PerturbedGroup group, float[] predicted, int[] top)
    {
        if (predicted.Length != screen.Genes.Count || !predicted.All(float.IsFinite))
        {
            throw new ArgumentException($"The prediction of {screen.NameOf(group)} has {predicted.Length} values, {predicted.Count(value => !float.IsFinite(value))} of which are not finite; expected {screen.Genes.Count} finite ones, one a gene.");
        }
        var (truth, control) = (screen.Mean(group), screen.ControlMean(group.Context));
        float[] trueChange = [.. truth.Zip(control, (one, other) => one - other)], change = [.. predicted.Zip(control, (one, other) => one - other)];
        float[] Of(float[] values) => Array.ConvertAll(top, gene => values[gene]);
        var cells = screen.CellsOf(group);
        return new PerturbationScore(
            Reconstruction.MeanSquaredError<float>(truth, predicted), Correlated(truth, predicted),
            Reconstruction.MeanSquaredError<float>(Of(truth), Of(predicted)), Correlated(Of(truth), Of(predicted)),
            Correlated(trueChange, change), Correlated(Of(trueChange), Of(change)),
            Share(gene => Math.Sign(trueChange[gene]) == Math.Sign(change[gene])),
            Share(gene => Math.Abs(predicted[gene] - truth[gene]) <= Near * Math.Abs(truth[gene])),
            Share(gene =>
            {
                double[] sorted = [.. screen.Values(cells, gene).Order()];
                return predicted[gene] >= Spread.Quantile(sorted, 0.45) && predicted[gene] <= Spread.Quantile(sorted, 0.55);
            }));

        double Share(Func<int, bool> holds) => top.Length == 0 ? double.NaN : (double)top.Count(holds) / top.Length;
    }

    private static double Correlated(float[] truth, float[] predicted) => Correlation.Pearson<float>(truth, predicted).Coefficient is var r && double.IsNaN(r) ? 0 : r;
}
