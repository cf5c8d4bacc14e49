namespace ScFm.Model.Tasks;

/// <summary>Tells seeds that repeat a measurement from those that cannot change it.</summary>
internal static class Repetition
{
    private const double Tolerance = 1e-5; // float32 predictions, summed in another order, differ by less

    /// <summary>True where every seed gave the first one's values, each within 1e-5 of the largest of them.</summary>
    /// <param name="seeds">One list of values a seed, all of the same things.</param>
    internal static bool ChangesNothing(IReadOnlyList<double[]> seeds)
    {
        var most = Tolerance * seeds[0].Select(Math.Abs).DefaultIfEmpty(0).Max();
        return seeds.All(seed => seed.Zip(seeds[0], (one, first) => one.Equals(first) || Math.Abs(one - first) <= most).All(same => same));
    }
}
