namespace ScFm.Model.Models.Geneformer;

/// <summary>Turns the counts of a cell into the sequence of its genes, those that stand out most from the corpus first.</summary>
/// <remarks>
/// A gene's value is counts / total x 10,000 / median. Source: Geneformer (Theodoris et al. 2023), Methods, "Rank value encoding of transcriptomes"; reference
/// file tokenizer.py. The reference sorts equal values in no defined order; here the gene that comes first in the vocabulary goes first.
/// </remarks>
public static class RankEncoding
{
    /// <summary>What the counts of a cell are brought to before they are divided by the medians.</summary>
    public const double Target = 10_000;

    /// <summary>The tokens of a cell, by descending value.</summary>
    /// <param name="genes">The genes that the cell expresses, as places in the vocabulary, each once.</param>
    /// <param name="counts">Their counts; those that are 0 are left out.</param>
    /// <param name="total">The cell's total count, over all genes that were measured, the unknown ones too.</param>
    /// <param name="known">The model's genes.</param>
    /// <param name="maxLength">Tokens at most; what ranks lower is cut off.</param>
    /// <returns>At most <paramref name="maxLength"/> tokens; none where no gene is expressed.</returns>
    public static int[] Encode(ReadOnlySpan<int> genes, ReadOnlySpan<float> counts, double total, GeneformerGenes known, int maxLength)
    {
        var (keys, tokens, count) = (new double[genes.Length], new int[genes.Length], 0);
        for (var i = 0; i < genes.Length; i++)
        {
            if (counts[i] > 0)
            {
                // negative, because the sort ascends
                keys[count] = -(counts[i] / total * Target / known.MedianSpan[genes[i]]);
                tokens[count++] = genes[i] + GeneformerGenes.FirstGene;
            }
        }
        Array.Sort(keys, tokens, 0, count);
        for (var start = 0; start < count;)
        {
            var end = start + 1;
            while (end < count && keys[end] == keys[start])
            {
                end++;
            }
            Array.Sort(tokens, start, end - start);
            start = end;
        }
        return tokens[..Math.Min(count, maxLength)];
    }
}
