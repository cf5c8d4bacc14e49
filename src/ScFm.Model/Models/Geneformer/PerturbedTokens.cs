namespace ScFm.Model.Models.Geneformer;

/// <summary>A cell's tokens with a gene perturbed, and with a random gene of about the same rank perturbed instead.</summary>
/// <param name="Gene">The tokens with the gene perturbed.</param>
/// <param name="Random">Those with the random gene perturbed.</param>
internal sealed record PerturbedTokens(int[] Gene, int[] Random)
{
    /// <summary>Perturbs a gene; null where that leaves nothing to compare: the cell does not express it, or expresses no other gene.</summary>
    /// <param name="tokens">The cell's tokens, by rank.</param>
    /// <param name="gene">The gene's token.</param>
    /// <param name="options">What is done, and how far away the random gene may stand.</param>
    /// <param name="vocabulary">Number of tokens that there are.</param>
    /// <param name="maxLength">Tokens that the model reads at most.</param>
    /// <param name="random">Draws the random gene.</param>
    public static PerturbedTokens? Of(int[] tokens, int gene, PerturbationOptions options, int vocabulary, int maxLength, Random random)
    {
        var rank = Array.IndexOf(tokens, gene);
        if (options.Kind == Perturbation.Delete)
        {
            return rank >= 0 && tokens.Length > 1 ? new(Without(tokens, rank), Without(tokens, Near(rank, tokens.Length, options.NullRanks, random))) : null;
        }
        var other = rank < 0 ? Absent(tokens, gene, vocabulary, random)
            : tokens.Length > 1 ? tokens[Near(rank, tokens.Length, options.NullRanks, random)]
            : -1;
        return other < 0 ? null : new(First(tokens, gene, maxLength), First(tokens, other, maxLength));
    }

    private static int[] Without(int[] tokens, int rank) => [.. tokens[..rank], .. tokens[(rank + 1)..]];

    private static int[] First(int[] tokens, int gene, int maxLength) => [.. tokens.Where(token => token != gene).Prepend(gene).Take(maxLength)];

    /// <summary>Another rank, at most so far away.</summary>
    private static int Near(int rank, int length, int most, Random random)
    {
        var (first, last) = (Math.Max(0, rank - most), Math.Min(length - 1, rank + most));
        var drawn = random.Next(first, last); // one fewer than there are: the rank itself is left out
        return drawn < rank ? drawn : drawn + 1;
    }

    /// <summary>A gene that the cell does not express, other than the one perturbed; -1 where there is none.</summary>
    private static int Absent(int[] tokens, int gene, int vocabulary, Random random)
    {
        int[] absent = [.. Enumerable.Range(GeneformerGenes.FirstGene, vocabulary - GeneformerGenes.FirstGene).Except(tokens).Where(token => token != gene)];
        return absent.Length == 0 ? -1 : absent[random.Next(absent.Length)];
    }
}
