namespace ScFm.Model.Models.Geneformer;

/// <summary>Hides tokens of cells, so that a model learns to predict them.</summary>
public static class Masking
{
    /// <summary>Chooses tokens of a cell by chance, each with the same probability; where that chooses none, one is chosen, so that every cell teaches something.</summary>
    /// <param name="tokens">The cell's tokens; left as they are.</param>
    /// <param name="options">How many tokens, and what takes their place.</param>
    /// <param name="vocabulary">Number of tokens that there are; a random token is that of a gene (the reference draws padding and mask, too).</param>
    /// <param name="random">Draws all.</param>
    public static MaskedCell Hide(ReadOnlySpan<int> tokens, MaskingOptions options, int vocabulary, Random random)
    {
        var (seen, predicted, targets) = (tokens.ToArray(), new List<int>(), new List<int>());
        for (var rank = 0; rank < seen.Length; rank++)
        {
            if (random.NextDouble() < options.Share)
            {
                predicted.Add(rank);
            }
        }
        if (predicted.Count == 0)
        {
            predicted.Add(random.Next(seen.Length));
        }
        foreach (var rank in predicted)
        {
            targets.Add(seen[rank]);
            var draw = random.NextDouble();
            seen[rank] = draw < options.MaskShare ? GeneformerGenes.MaskToken
                : draw < options.MaskShare + options.RandomShare ? random.Next(GeneformerGenes.FirstGene, vocabulary)
                : seen[rank];
        }
        return new MaskedCell(seen, [.. predicted], [.. targets]);
    }
}
