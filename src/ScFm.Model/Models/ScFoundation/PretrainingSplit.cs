using ScFm.Model.Training;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>Which cells a pretraining learns from and which it never sees; the same for the same seed.</summary>
internal static class PretrainingSplit
{
    /// <summary>Indices of both, ascending.</summary>
    /// <param name="totals">The total count of each cell.</param>
    /// <param name="options">How many are held out, which, and the seed.</param>
    /// <exception cref="ArgumentException">Too few cells have as many counts as the held-out ones must have.</exception>
    public static (int[] Train, int[] HeldOut) Of(double[] totals, PretrainingOptions options)
    {
        var wanted = Math.Clamp((int)Math.Round(totals.Length * options.HeldOutShare), 1, Math.Min(options.MostHeldOut, totals.Length - 1));
        var order = Enumerable.Range(0, totals.Length).ToArray();
        Seeds.For(options.Training.Seed).Shuffle(order);
        if (options.HeldOut == HeldOutCells.HighCount)
        {
            order = HighCountFirst(order, totals, wanted, options.HeldOutLeastCounts);
        }
        return ([.. order[wanted..].Order()], [.. order[..wanted].Order()]);
    }

    private static int[] HighCountFirst(int[] order, double[] totals, int wanted, double leastCounts)
    {
        if (leastCounts <= 0)
        {
            return [.. order.OrderByDescending(cell => totals[cell])];
        }
        var enough = order.Count(cell => totals[cell] >= leastCounts);
        return enough >= wanted
            ? [.. order.OrderByDescending(cell => totals[cell] >= leastCounts)] // a stable sort: among these the order stays random
            : throw new ArgumentException(FormattableString.Invariant(
                $"{enough} cells have {leastCounts} counts or more; expected at least {wanted} to hold out: lower HeldOutLeastCounts or HeldOutShare."));
    }
}
