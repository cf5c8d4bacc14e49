using ScFm.Model.Cells;
using ScFm.Model.Molecules;
using static TorchSharp.torch;

namespace ScFm.Model.Tasks.DrugResponse;

/// <summary>The level of drugs without a known pair, from their structures.</summary>
/// <remarks>
/// A ridge regression of the known drugs' effects on the means of their atoms' features. Every drug has the same length there: one with atoms that hardly any other has would otherwise be predicted
/// stronger or weaker than all others. The penalty is that under which known drugs are predicted best while they are left out; where the mean of all drugs predicts them better, it stands for every drug.
/// </remarks>
internal static class DrugLevels
{
    private const int MostFolds = 10;

    /// <summary>The effects of drugs.</summary>
    /// <param name="graphs">One graph a drug.</param>
    /// <param name="known">The drugs with known effects.</param>
    /// <param name="effects">Their effects: how far each is from the mean of all.</param>
    /// <param name="asked">The drugs that are asked about.</param>
    public static double[] Of(IReadOnlyList<MoleculeGraph> graphs, int[] known, double[] effects, int[] asked)
    {
        using var scope = NewDisposeScope();
        var atoms = AtomMeans(graphs);
        var errors = Errors(atoms, known, effects);
        var best = Enumerable.Range(0, errors.Length).MinBy(i => errors[i]);
        return errors[best] < effects.Sum(effect => effect * effect)
            ? KernelRidge.Predict(Kernel(atoms, known), known, effects, asked, KernelRidge.Penalties[best])
            : new double[asked.Length];
    }

    /// <summary>The squared errors of drugs that were left out, under each penalty; nothing of them, their features' scale neither, is learnt from.</summary>
    private static double[] Errors(DenseMatrix atoms, int[] known, double[] effects)
    {
        var errors = new double[KernelRidge.Penalties.Length];
        var folds = Math.Min(MostFolds, known.Length);
        int[] Places(Func<int, bool> taken) => [.. Enumerable.Range(0, known.Length).Where(taken)];
        for (var fold = 0; fold < folds && folds > 1; fold++)
        {
            using var scope = NewDisposeScope();
            var (left, learnt) = (Places(place => place % folds == fold), Places(place => place % folds != fold));
            int[] Drugs(int[] places) => Array.ConvertAll(places, place => known[place]);
            double[] Effects(int[] places) => Array.ConvertAll(places, place => effects[place]);
            var kernel = Kernel(atoms, Drugs(learnt));
            for (var i = 0; i < errors.Length; i++)
            {
                errors[i] += KernelRidge.SquaredError(KernelRidge.Predict(kernel, Drugs(learnt), Effects(learnt), Drugs(left), KernelRidge.Penalties[i]), Effects(left));
            }
        }
        return errors;
    }

    private static Tensor Kernel(DenseMatrix atoms, int[] known) => KernelRidge.Cosines(KernelRidge.Products([atoms], known));

    private static DenseMatrix AtomMeans(IReadOnlyList<MoleculeGraph> graphs)
    {
        var means = new DenseMatrix(graphs.Count, graphs[0].Features.Columns);
        for (var drug = 0; drug < means.Rows; drug++)
        {
            var features = graphs[drug].Features;
            for (var atom = 0; atom < features.Rows; atom++)
            {
                for (var feature = 0; feature < features.Columns; feature++)
                {
                    means[drug, feature] += features[atom, feature] / features.Rows;
                }
            }
        }
        return means;
    }
}
