namespace ScFm.Model.Graphs;

/// <summary>A counter-based random generator: any draw can be made alone, so that parallel work does not depend on who does it.</summary>
/// <remarks>Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.</remarks>
internal struct SplitMix(ulong state)
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    private ulong state = state;

    /// <summary>The stream that belongs to one item (a cell, a tree) in one round of a seeded computation.</summary>
    internal static SplitMix For(ulong seed, int round, int item) =>
        new(Mix(seed + GoldenGamma * (((ulong)(uint)round << 32 | (uint)item) + 1)));

    /// <summary>64 random bits.</summary>
    internal ulong Next() => Mix(state += GoldenGamma);

    /// <summary>A whole number in [0, <paramref name="bound"/>).</summary>
    internal int Next(int bound) => (int)((Next() >> 32) * (uint)bound >> 32);

    /// <summary>A number in [-1, 1).</summary>
    internal double NextSymmetric() => (long)Next() * (1.0 / 9223372036854775808.0);

    private static ulong Mix(ulong z)
    {
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return z ^ z >> 31;
    }
}
