using MathNet.Numerics.Distributions;
using ScFm.Model.Cells;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>
/// Makes training examples: a cell is thinned, part of its genes is masked, and the model is asked for the masked genes' expression
/// at the depth the cell really had.
/// </summary>
/// <remarks>Source: scFoundation, Methods, "Read-depth-aware pretraining task".</remarks>
public sealed class ReadDepthObjective(ReadDepthOptions options, int genes)
{
    private readonly ReadDepthOptions options = options.Validated();

    /// <summary>One example of a cell.</summary>
    /// <param name="counts">Raw counts, [cells, genes of the vocabulary].</param>
    /// <param name="row">The cell; it has at least one count.</param>
    /// <param name="random">Where all its randomness comes from.</param>
    public CellTokens Example(CsrMatrix counts, int row, Random random)
    {
        var cell = CellProfile.Of(counts, row);
        var input = Thinned(cell, random);

        var (visible, hidden) = (new List<int>(input.Genes.Length), new List<int>());
        var masked = new List<int>();
        Bernoulli(input.Genes.Length, options.MaskedExpressed, random, i => masked.Add(input.Genes[i]));
        if (masked.Count == 0)
        {
            masked.Add(input.Genes[random.Next(input.Genes.Length)]); // there is always something to predict
        }
        var at = 0;
        foreach (var gene in input.Genes)
        {
            if (at < masked.Count && masked[at] == gene)
            {
                at++;
            }
            else
            {
                visible.Add(gene);
            }
        }
        Bernoulli(genes, options.MaskedZeros, random, gene =>
        {
            if (Array.BinarySearch(input.Genes, gene) < 0)
            {
                masked.Add(gene);
            }
        });
        masked.Sort();

        var values = new List<float>();
        foreach (var gene in masked)
        {
            var value = Corrupted(input, gene, random);
            if (value != 0) // a masked gene that is read as zero is an unexpressed gene to the decoder
            {
                hidden.Add(gene);
                values.Add(value);
            }
        }
        return new CellTokens
        {
            Visible = [.. visible],
            VisibleValues = [.. visible.Select(input.ValueOf)],
            Hidden = [.. hidden],
            HiddenValues = [.. values],
            TargetDepth = cell.LogTotal,
            SourceDepth = input.LogTotal,
            Wanted = [.. masked],
            Targets = [.. masked.Select(cell.ValueOf)],
        };
    }

    private CellProfile Thinned(CellProfile cell, Random random)
    {
        if (cell.Total < options.LeastCounts || random.NextDouble() >= options.ThinnedShare)
        {
            return cell;
        }
        var rate = Beta.Sample(random, options.RateShape, options.RateShape);
        var thinned = cell.Thin(rate, random);
        return thinned.Genes.Length == 0 ? cell : thinned;
    }

    private float Corrupted(CellProfile input, int gene, Random random)
    {
        var draw = random.NextDouble();
        return draw < options.Replaced ? float.NaN
            : draw < options.Replaced + options.Randomised ? input.Values[random.Next(input.Values.Length)]
            : input.ValueOf(gene);
    }

    /// <summary>Visits each of <paramref name="count"/> things with the same probability, drawing only for those visited.</summary>
    private static void Bernoulli(int count, double probability, Random random, Action<int> visit)
    {
        if (probability <= 0)
        {
            return;
        }
        // the gaps between successes are geometric
        var scale = 1 / Math.Log(1 - probability);
        for (var i = Gap(); i < count; i += 1 + Gap())
        {
            visit((int)i);
        }
        double Gap() => probability >= 1 ? 0 : Math.Floor(Math.Log(1 - random.NextDouble()) * scale);
    }
}
