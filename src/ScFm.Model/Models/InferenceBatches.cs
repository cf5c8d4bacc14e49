using ScFm.Model.Devices;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Models;

/// <summary>Groups cells for inference: like lengths together, as many as memory allows.</summary>
internal static class InferenceBatches
{
    /// <summary>Float values that a batch may need at its widest point: 16 MB, so that what one operation writes the next still finds in the cache.</summary>
    public const long Budget = 4L << 20;

    private const long CardBudget = 256L << 20; // 1 GiB: a card wants much work at once, and has no cache of that kind to stay within
    private const int CardShare = 8; // of the free memory, as several such values are alive at a time

    /// <summary>The budget where it is computed: <see cref="Budget"/> on the processor, more on a card.</summary>
    public static long BudgetOn(Device device) => device.type == DeviceType.CPU
        ? Budget
        : Math.Clamp((PeakMemory.FreeOn(device) ?? 0) / sizeof(float) / CardShare, Budget, CardBudget);

    /// <summary>Batches of indices into <paramref name="lengths"/>; a batch's cells times its cost a cell stays under the budget, unless it is one cell.</summary>
    /// <param name="lengths">Visible tokens of each cell.</param>
    /// <param name="cost">Values that a cell of that length needs at the widest point.</param>
    /// <param name="budget">Values that a batch may need.</param>
    public static IEnumerable<int[]> Plan(IReadOnlyList<int> lengths, Func<int, long> cost, long budget)
    {
        var order = Enumerable.Range(0, lengths.Count).OrderBy(i => lengths[i]).ToArray();
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && (end + 1 - start) * cost(lengths[order[end]]) <= budget)
            {
                end++;
            }
            yield return order[start..end];
            start = end;
        }
    }
}
