using System.Runtime.InteropServices;
using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Tables;
using ScFm.Model.Training;

namespace ScFm.Interactive.Verbs;

public static partial class Verbs
{
    private const string SplitName = "scfm_split";
    private const string HeldOutLabel = "held-out";
    private const string TrainLabel = "train";

    /// <summary>Ends a training: marks its cells, shows what it came to, and says what it was on, what stopped it and whether it was enough.</summary>
    /// <param name="cells">The cells; obs of cells in memory gets the column scfm_split.</param>
    /// <param name="heldOut">Those that were held out.</param>
    /// <param name="run">The run.</param>
    /// <param name="recipe">How the cells were chosen; null where they are no corpus.</param>
    /// <param name="losses">The model's losses beside those of predictors that learn nothing.</param>
    /// <param name="isBetter">True where the model's are the lowest.</param>
    /// <param name="shortfall">What the model does not do where they are not: "beat ...".</param>
    private static void Finish(ICellSource cells, int[] heldOut, TrainingRun run, Recipe? recipe, Table losses, bool isBetter, string shortfall)
    {
        if (cells is AnnData inMemory)
        {
            inMemory.Obs = inMemory.Obs.With(SplitColumn(cells.CellCount, heldOut));
        }
        Show(losses);
        if (recipe is not null)
        {
            Say($"Trained on {recipe}.");
        }
        if (run.Failure is { } failure)
        {
            Say($"Training stopped after step {run.Steps}: {VerbFailure.Of(new ExternalException(failure)).Message}");
        }
        if (!isBetter)
        {
            Say($"The model does not {shortfall} yet: train it longer.");
        }
    }

    private static CategoryColumn SplitColumn(int cells, int[] heldOut)
    {
        var isHeldOut = heldOut.ToHashSet();
        return CategoryColumn.FromLabels(SplitName, Enumerable.Range(0, cells).Select(cell => isHeldOut.Contains(cell) ? HeldOutLabel : TrainLabel));
    }
}
