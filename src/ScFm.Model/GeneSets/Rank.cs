namespace ScFm.Model.GeneSets;

/// <summary>Where a number stands among sorted ones.</summary>
internal static class Rank
{
    /// <summary>How many of ascending numbers are smaller.</summary>
    internal static int Below(double[] ascending, double value)
    {
        var (low, high) = (0, ascending.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (ascending[middle] < value)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }
        return low;
    }
}
