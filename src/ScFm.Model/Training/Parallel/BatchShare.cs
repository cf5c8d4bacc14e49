namespace ScFm.Model.Training;

/// <summary>Which cells of a batch a rank takes.</summary>
internal static class BatchShare
{
    /// <summary>Ranks take turns in the batch: cells of like length lie together in it, so that the shares weigh alike.</summary>
    /// <param name="batch">The cells of all ranks.</param>
    /// <param name="rank">The rank.</param>
    /// <param name="ranks">Number of ranks.</param>
    /// <param name="fewest">The fewest cells of a share, 1 or more; the last ranks get none where there are fewer a rank.</param>
    public static int[] Of(int[] batch, int rank, int ranks, int fewest)
    {
        var taking = Math.Clamp(batch.Length / fewest, 1, ranks);
        return rank < taking ? [.. batch.Where((_, i) => i % taking == rank)] : [];
    }

    /// <summary>The most cells that a rank takes of any batch up to a length.</summary>
    /// <param name="length">The length, 1 or more.</param>
    /// <param name="ranks">Number of ranks.</param>
    /// <param name="fewest">The fewest cells of a share, 1 or more.</param>
    public static int Largest(int length, int ranks, int fewest) =>
        Math.Min(length, Math.Max((length + ranks - 1) / ranks, 2 * fewest - 1)); // the first rank alone takes a batch that is one short of two shares
}
