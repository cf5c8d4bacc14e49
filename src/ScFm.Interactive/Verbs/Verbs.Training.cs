using ScFm.Interactive.Figures;
using ScFm.Interactive.Hosting;
using ScFm.Model.Cells;
using ScFm.Model.Tasks;

namespace ScFm.Interactive.Verbs;

public static partial class Verbs
{
    /// <summary>Trains models of several sizes for the same number of operations each, fits how the loss falls with them, and draws it.</summary>
    /// <param name="cells">Cells with raw counts.</param>
    /// <param name="folder">Where each run is kept: what is there is not trained again, and what was stopped goes on.</param>
    /// <param name="presets">The sizes, with commas. Default: tiny,3m,10m.</param>
    /// <param name="budget">TFLOP of matrix products that each model is trained for. Default: 10, some minutes a model on two cores.</param>
    /// <param name="batchSize">Cells in a step. Default: 8.</param>
    /// <param name="learningRate">Learning rate after the warm-up. Default: 0.002.</param>
    /// <param name="seed">Seed of everything random. Default: 0.</param>
    /// <example><code>Verbs.Scaling(cells, "scaling", presets: "tiny,3m", budget: 2);</code></example>
    [Verb("scaling", "Trains models of several sizes and fits how the loss falls with the operations spent.", Into = "scaling", OnDevice = true)]
    public static ScalingLawReport Scaling(
        [Option("cells with raw counts")] AnnData cells,
        [Option("folder where each run is kept, and gone on with")] string folder = "scaling",
        [Option("sizes of the models, with commas")] string presets = "tiny,3m,10m",
        [Option("TFLOP that each model is trained for")] double budget = 10,
        [Option("cells in a step")] int batchSize = 8,
        [Option("learning rate after the warm-up")] double learningRate = 2e-3,
        [Option("seed of everything random")] int seed = 0)
    {
        var host = NotebookHost.Current;
        var defaults = new ScalingLawOptions();
        var options = defaults with
        {
            Models = [.. Names(presets).Select(ScalingLawModel.Preset)],
            Budget = budget * 1e12,
            Pretraining = defaults.Pretraining with { Training = defaults.Pretraining.Training with { BatchSize = batchSize, LearningRate = learningRate, Seed = seed } },
        };
        using var view = new ScalingLawView(host);
        var report = ScalingLaw.Run(cells, folder, options, view, host.Cancellation);
        Show(Plots.ScalingLaw(report));
        Show(report.ToTable());
        Say(report.ToString());
        return report;
    }
}
