using MathNet.Numerics.Random;

namespace ScFm.Model.Training;

/// <summary>Derives independent streams of random numbers from one seed, so that a draw depends on what it is for and not on what came before.</summary>
public static class Seeds
{
    /// <summary>A generator for one purpose.</summary>
    /// <param name="seed">The user's seed.</param>
    /// <param name="purpose">What it is for, and which one of these: an epoch, a cell.</param>
    public static Random For(int seed, params ReadOnlySpan<long> purpose)
    {
        var state = Mix((ulong)seed);
        foreach (var part in purpose)
        {
            state = Mix(state ^ (ulong)part);
        }
        return new Xoshiro256StarStar((int)(state >> 33), threadSafe: false);
    }

    /// <summary>The finaliser of SplitMix64 (Steele et al. 2014).</summary>
    private static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
