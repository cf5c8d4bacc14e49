using ScFm.Model.Cells;
using ScFm.Model.Models;
using ScFm.Model.Models.ScVi;
using ScFm.Model.Training;

namespace ScFm.Model.Tasks.Enhancers;

/// <summary>Recovers expression by an scVI or LDVAE trained on the given cells: each gene's share under the model, which lends cells the reads of cells like them.</summary>
/// <remarks>Source: scVI (Lopez et al. 2018), "Imputation"; the expression is scvi-tools' get_normalized_expression, at the mean of the posterior.</remarks>
public sealed class ScViEnhancer : IEnhancer
{
    private readonly ScViOptions options;

    /// <summary>Chooses the model.</summary>
    /// <param name="options">Shape and training; fewer <see cref="ScViOptions.Epochs"/> take less time. Default: scVI, 400 epochs, and beyond 20,000 cells as many fewer as there are more cells.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public ScViEnhancer(ScViOptions? options = null)
    {
        this.options = Options.Validate(options ?? new());
        Options.Validate(this.options.Config);
    }

    /// <inheritdoc/>
    public string Name => options.Config.Decoder == DecoderKind.Linear ? "LDVAE" : "scVI";

    /// <inheritdoc/>
    /// <remarks>Nearly all of the time is training: progress is told as the same share of the cells as the steps done have of all steps. The same seed gives the same values.</remarks>
    /// <exception cref="InvalidDataException">The values are not raw counts, or a cell has none.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="InvalidOperationException">A step could not be done, such as for lack of memory.</exception>
    public DenseMatrix Enhance(AnnData cells, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        var steps = progress is null ? null : new StepsAsCells(cells.CellCount, progress);
        var model = ScViModel.Train(cells, options, progress: steps, cancellation: cancellation);
        cancellation.ThrowIfCancellationRequested();
        model.Report!.Run.WithoutFailure(Name);
        var expression = model.NormalisedExpression(cells, cancellation: cancellation);
        foreach (ref var value in expression.Values.AsSpan())
        {
            value = MathF.Log(1 + (float)Normalisation.DefaultTarget * value);
        }
        progress?.Report(cells.CellCount);
        return expression;
    }

    /// <summary>Tells steps of training as cells done.</summary>
    private sealed class StepsAsCells(int cells, IProgress<int> progress) : IProgress<TrainingProgress>
    {
        private int told = -1;

        public void Report(TrainingProgress value)
        {
            var done = (int)((long)cells * value.Step / (value.TotalSteps + 1)); // the last cell is done only when its values are there
            if (done > told)
            {
                progress.Report(told = done);
            }
        }
    }
}
