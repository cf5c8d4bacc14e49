using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Screens;
using static TorchSharp.torch;

namespace ScFm.Model.Models.Gears;

/// <summary>A screen as a GEARS reads it: conditions by the model's own numbers of perturbations, cells as tensors.</summary>
internal sealed class GearsCells
{
    private readonly ScFoundationFeatures? features;

    /// <summary>Makes the view.</summary>
    /// <exception cref="ArgumentException">The screen's genes are not those of the model.</exception>
    public GearsCells(PerturbationScreen screen, GearsModule module, ScFoundationModel? foundation, CancellationToken cancellation = default)
    {
        (Screen, Module, Foundation) = (screen, module, foundation);
        features = foundation is null ? null : new ScFoundationFeatures(foundation, screen, cancellation);
    }

    /// <summary>The screen.</summary>
    public PerturbationScreen Screen { get; }

    /// <summary>The network.</summary>
    public GearsModule Module { get; }

    /// <summary>What gives the genes' vectors; null where the network learns them.</summary>
    public ScFoundationModel? Foundation { get; }

    /// <summary>The expression of cells, [cells, genes].</summary>
    public Tensor Expression(ReadOnlySpan<int> cells)
    {
        var (genes, values) = (Screen.Genes.Count, new float[cells.Length * Screen.Genes.Count]);
        for (var i = 0; i < cells.Length; i++)
        {
            var columns = Screen.Expression.RowIndices(cells[i]);
            var found = Screen.Expression.RowValues(cells[i]);
            for (var at = 0; at < columns.Length; at++)
            {
                values[i * genes + columns[at]] = found[at];
            }
        }
        return tensor(values, [cells.Length, genes], device: Module.Device);
    }

    /// <summary>How control cells would change.</summary>
    /// <param name="controls">The cells that are perturbed in thought; not looked at unless they bring features.</param>
    /// <param name="targets">What is perturbed in each of them.</param>
    /// <param name="parts">Parts that are computed one after the other.</param>
    public (Tensor Change, Tensor? LogVariance) Change(ReadOnlySpan<int> controls, IReadOnlyList<int[]> targets, int parts)
    {
        if (features is null)
        {
            return Module.Change(new GearsBatch(targets, Module.Config.Perturbations, Module.Device, null, parts));
        }
        var vectors = new List<Tensor>();
        foreach (var part in controls.ToArray().Chunk((controls.Length + parts - 1) / parts))
        {
            vectors.Add(features.Of(part));
        }
        return Module.Change(new GearsBatch(targets, Module.Config.Perturbations, Module.Device, vectors));
    }

    /// <summary>What is predicted of a condition in a context: the mean change of control cells, and that of each.</summary>
    /// <param name="targets">What is perturbed.</param>
    /// <param name="controls">The control cells.</param>
    /// <param name="cellsAtOnce">Cells in a forward pass, where they bring features.</param>
    /// <returns>Changes, [1, genes] where all cells change alike and else [cells, genes]; and the mean logarithm of the variance, NaN without uncertainty.</returns>
    public (Tensor Change, double LogVariance) Predict(int[] targets, ReadOnlySpan<int> controls, int cellsAtOnce)
    {
        using var unrecorded = no_grad();
        using var scope = NewDisposeScope();
        Module.eval();
        int[][] batches = features is null ? [[0]] : [.. controls.ToArray().Chunk(cellsAtOnce)];
        var (changes, logVariances) = (new List<Tensor>(), 0.0);
        foreach (var batch in batches)
        {
            using var inner = NewDisposeScope(); // with a foundation model, a batch leaves gigabytes
            var (change, logVariance) = Change(batch, [.. batch.Select(_ => targets)], 1);
            changes.Add(change.MoveToOuterDisposeScope());
            logVariances += batch.Length * (logVariance?.mean().item<float>() ?? double.NaN);
        }
        return (cat(changes).MoveToOuterDisposeScope(), logVariances / batches.Sum(batch => batch.Length));
    }
}
