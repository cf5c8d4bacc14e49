using ScFm.Model.Cells;
using ScFm.Model.Metrics;
using ScFm.Model.Training;

namespace ScFm.Model.Models.Geneformer;

public sealed partial class GeneformerModel
{
    private const int PerturbedAtATime = 1024;

    /// <summary>Deletes genes of cells, or puts them first, and measures how far that moves the cells' vectors.</summary>
    /// <param name="cells">Cells with raw counts, of any source.</param>
    /// <param name="genes">The genes, by name or Ensembl id; each is perturbed alone.</param>
    /// <param name="options">What is done, and what it is compared with. Default: genes are deleted.</param>
    /// <param name="aliases">Other names of genes. Default: none.</param>
    /// <param name="progress">Told the number of cells done. Default: nobody.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <exception cref="ArgumentException">The model does not know a gene, none is named, or an option is out of range.</exception>
    /// <exception cref="InvalidDataException">The values are not raw counts, or the source or a cell has no gene of the model.</exception>
    /// <remarks>Source: Geneformer (Theodoris et al. 2023), Methods, "In silico perturbation"; the null of a random gene at about the same rank is ours.</remarks>
    public PerturbationEffects Perturb(
        ICellSource cells, IReadOnlyList<string> genes, PerturbationOptions? options = null, GeneAliases? aliases = null, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        options = Options.Validate(options ?? new());
        if (genes.Count == 0)
        {
            throw new ArgumentException("No gene is named; expected at least one.");
        }
        int[] perturbed = [.. genes.Select(gene => Genes.TokenOf(gene, aliases))];
        List<(double Gene, double Random)>[] shifts = [.. genes.Select(_ => new List<(double, double)>())];
        foreach (var (first, tokens) in new RankReader(cells, Genes, Config.MaxLength, aliases).Blocks([.. Enumerable.Range(0, cells.CellCount)], cancellation))
        {
            var before = Vectors(tokens, options.Layer, cancellation);
            var variants = Variants(tokens, first, perturbed, options);
            foreach (var part in variants.Chunk(PerturbedAtATime))
            {
                var after = Vectors([.. part.SelectMany(variant => new[] { variant.Tokens.Gene, variant.Tokens.Random })], options.Layer, cancellation);
                for (var i = 0; i < part.Length; i++)
                {
                    var cell = before[part[i].Cell];
                    shifts[part[i].Gene].Add((Shift(cell, after[2 * i]), Shift(cell, after[2 * i + 1])));
                }
            }
            progress?.Report(first + tokens.Length);
        }
        return new PerturbationEffects(options.Kind,
        [
            .. genes.Select((gene, i) => new GeneEffect(
                gene,
                MeanInterval.Of(shifts[i].Select(shift => shift.Gene)),
                MeanInterval.Of(shifts[i].Select(shift => shift.Random)),
                MeanInterval.Of(shifts[i].Select(shift => shift.Gene - shift.Random)))).OrderByDescending(effect => double.IsNaN(effect.Excess.Mean) ? double.NegativeInfinity : effect.Excess.Mean),
        ]);
    }

    private IEnumerable<(int Cell, int Gene, PerturbedTokens Tokens)> Variants(int[][] tokens, int first, int[] genes, PerturbationOptions options)
    {
        for (var cell = 0; cell < tokens.Length; cell++)
        {
            for (var gene = 0; gene < genes.Length; gene++)
            {
                if (PerturbedTokens.Of(tokens[cell], genes[gene], options, Module.Tokens, Config.MaxLength, Seeds.For(options.Seed, first + cell, genes[gene])) is { } variant)
                {
                    yield return (cell, gene, variant);
                }
            }
        }
    }

    /// <summary>The vectors of some sequences of tokens.</summary>
    private float[][] Vectors(int[][] tokens, EmbeddingLayer layer, CancellationToken cancellation)
    {
        var vectors = new float[tokens.Length][];
        Infer(tokens, (batch, indices) => CellMeans(batch, layer, (i, mean) => vectors[indices[i]] = mean.ToArray()), cancellation);
        return vectors;
    }

    private static double Shift(float[] before, float[] after)
    {
        var (product, own, other) = (0.0, 0.0, 0.0);
        for (var i = 0; i < before.Length; i++)
        {
            product += (double)before[i] * after[i];
            own += (double)before[i] * before[i];
            other += (double)after[i] * after[i];
        }
        return 1 - product / Math.Sqrt(own * other);
    }
}
