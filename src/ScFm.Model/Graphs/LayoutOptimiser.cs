using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ScFm.Model.Cells;

namespace ScFm.Model.Graphs;

/// <summary>The rounds in which a layout settles: neighbours are pulled together, random others pushed apart.</summary>
internal sealed class LayoutOptimiser
{
    private const float LargestMove = 4;

    private readonly CsrMatrix graph;
    private readonly LayoutCurve curve;
    private readonly int negativeSamples;
    private readonly ulong seed;
    private readonly int epochs;

    // An edge is drawn every so many epochs, the strongest in each; it is due at the next.
    private readonly float[] period;
    private readonly float[] due;

    internal LayoutOptimiser(CsrMatrix graph, UmapOptions options, int epochs)
    {
        (this.graph, this.epochs) = (graph, epochs);
        (negativeSamples, seed) = (options.NegativeSamples, options.Seed);
        curve = new LayoutCurve(options.MinDistance, options.Spread);
        var strongest = graph.Values.DefaultIfEmpty(1).Max();
        // An edge that would not be drawn once is left out.
        period = Array.ConvertAll(graph.Values, w => w * epochs < strongest ? float.PositiveInfinity : strongest / w);
        due = [.. period];
    }

    internal Vector128<float>[] Run(Vector128<float>[] positions, CancellationToken cancel)
    {
        var next = new Vector128<float>[positions.Length];
        var parallel = new ParallelOptions { CancellationToken = cancel };
        var blocks = Math.Clamp(positions.Length / 128, 1, 256);
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            var (from, to, now) = (positions, next, epoch);
            Parallel.For(0, blocks, parallel, block =>
            {
                var end = (int)((long)from.Length * (block + 1) / blocks);
                for (var cell = (int)((long)from.Length * block / blocks); cell < end; cell++)
                {
                    to[cell] = Moved(cell, from, now);
                }
            });
            (positions, next) = (next, positions);
        }
        return positions;
    }

    // One cell's way through an epoch, along its own edges, against where the others stood when the epoch began.
    // Hot from the first call: a notebook computes this once, before tiered compilation would get to it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Vector128<float> Moved(int cell, Vector128<float>[] from, int epoch)
    {
        var random = SplitMix.For(seed, epoch, cell);
        var rate = 1 - (float)epoch / epochs;
        var at = from[cell];
        var end = (int)graph.Offsets[cell + 1];
        for (var edge = (int)graph.Offsets[cell]; edge < end; edge++)
        {
            if (due[edge] > epoch)
            {
                continue;
            }
            due[edge] += period[edge];
            var neighbour = from[graph.Indices[edge]];
            // The symmetric graph has each edge twice, and in the paper's algorithm either draw moves both ends.
            at = Pulled(at, neighbour, rate);
            at = Pulled(at, neighbour, rate);
            for (var i = 0; i < negativeSamples; i++)
            {
                at = Pushed(at, from[random.Next(from.Length)], rate);
            }
        }
        return at;
    }

    private Vector128<float> Pulled(Vector128<float> at, Vector128<float> neighbour, float rate)
    {
        var difference = at - neighbour;
        return at + rate * Clipped(curve.Attraction(Vector128.Dot(difference, difference)) * difference);
    }

    private Vector128<float> Pushed(Vector128<float> at, Vector128<float> other, float rate)
    {
        var difference = at - other;
        return at + rate * Clipped(curve.Repulsion(Vector128.Dot(difference, difference)) * difference);
    }

    private static Vector128<float> Clipped(Vector128<float> move) =>
        Vector128.Min(Vector128.Max(move, Vector128.Create(-LargestMove)), Vector128.Create(LargestMove));
}
