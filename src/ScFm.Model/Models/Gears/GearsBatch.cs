using ScFm.Model.Nn;
using static TorchSharp.torch;

namespace ScFm.Model.Models.Gears;

/// <summary>Cells that are asked for together.</summary>
public sealed class GearsBatch
{
    /// <summary>Makes a batch.</summary>
    /// <param name="targets">What is perturbed in each cell, as places among the perturbations; none in a control cell.</param>
    /// <param name="perturbations">Number of perturbations.</param>
    /// <param name="device">Where the tensors go.</param>
    /// <param name="features">The vectors of the cells' genes, [cells, given genes, width] of one part after the other; none where vectors are learnt.</param>
    /// <param name="parts">Parts that are computed one after the other; where there are features, as many as there are of them. Default: 1.</param>
    public GearsBatch(IReadOnlyList<int[]> targets, int perturbations, Device device, IReadOnlyList<Tensor>? features = null, int parts = 1)
    {
        (Cells, Features) = (targets.Count, features ?? []);
        int[] perturbed = [.. Enumerable.Range(0, Cells).Where(cell => targets[cell].Length > 0)];
        var sums = new WeightedSumsBuilder();
        foreach (var cell in perturbed)
        {
            foreach (var target in targets[cell])
            {
                sums.Add(target, 1);
            }
            sums.EndRow();
        }
        (Targets, Perturbed) = (sums.Build(perturbations), tensor(Array.ConvertAll(perturbed, cell => (long)cell), device: device));
        Parts = features is null ? Split(Cells, parts) : [.. features.Select(part => part.shape[0])];
    }

    /// <summary>Number of cells.</summary>
    public int Cells { get; }

    /// <summary>The perturbed cells, [P].</summary>
    internal Tensor Perturbed { get; }

    /// <summary>What is summed for each of them, over the perturbations.</summary>
    internal WeightedSums Targets { get; }

    /// <summary>The vectors of the cells' genes, part after part; none where vectors are learnt.</summary>
    internal IReadOnlyList<Tensor> Features { get; }

    /// <summary>Cells of each part.</summary>
    internal long[] Parts { get; }

    private static long[] Split(int cells, int parts) =>
        [.. Enumerable.Range(0, cells).Chunk((cells + parts - 1) / parts).Select(part => (long)part.Length)];
}
