using ScFm.Model.Metrics;

namespace ScFm.Model.Models.Geneformer;

/// <summary>The places of a cell's tokens, 1 at the first rank and 0 at the last, and how closely a model gives them back.</summary>
/// <param name="Tokens">The tokens of the cell, then those only given back.</param>
/// <param name="Places">Each one's place in the cell; 0 where it does not stand there.</param>
/// <param name="Own">How many of the tokens are the cell's.</param>
/// <param name="Correlation">Pearson's correlation with the places given back.</param>
internal sealed record RankPlaces(int[] Tokens, float[] Places, int Own, double Correlation)
{
    /// <summary>Compares a cell's tokens with those given back, both by rank.</summary>
    public static RankPlaces Of(long[] given, long[] back)
    {
        double Place(int rank) => 1 - rank / (given.Length - 1.0);
        var input = given.Select((token, rank) => (Token: (int)token, Place: Place(rank))).ToDictionary(pair => pair.Token, pair => pair.Place);
        var output = back.Select((token, rank) => (Token: (int)token, Place: Place(rank))).GroupBy(pair => pair.Token).ToDictionary(pairs => pairs.Key, pairs => pairs.Average(pair => pair.Place));
        int[] tokens = [.. given.Select(token => (int)token), .. output.Keys.Where(token => !input.ContainsKey(token))];
        double[] places = [.. tokens.Select(token => input.GetValueOrDefault(token))];
        var correlation = Metrics.Correlation.Pearson<double>(places, [.. tokens.Select(token => output.GetValueOrDefault(token))]);
        return new RankPlaces(tokens, Array.ConvertAll(places, place => (float)place), given.Length, correlation.Coefficient);
    }

    /// <summary>The correlation of each cell's places with the mean places of its tokens over the other cells in which they stand; 0 is the mean of a token that stands in none.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="tokens">Number of tokens that there are.</param>
    public static double[] CorrelationsWithOthers(IReadOnlyList<RankPlaces> cells, int tokens)
    {
        var (sums, counts) = (new double[tokens], new int[tokens]);
        foreach (var cell in cells)
        {
            for (var i = 0; i < cell.Own; i++)
            {
                sums[cell.Tokens[i]] += cell.Places[i];
                counts[cell.Tokens[i]]++;
            }
        }
        return [.. cells.Select(cell => Metrics.Correlation.Pearson<double>(Array.ConvertAll(cell.Places, place => (double)place), cell.Others(sums, counts)).Coefficient)];
    }

    /// <summary>The mean place of each of the cell's tokens without the cell.</summary>
    private double[] Others(double[] sums, int[] counts)
    {
        double Mean(double sum, int count) => count == 0 ? 0 : sum / count;
        return [.. Tokens.Select((token, i) => i < Own ? Mean(sums[token] - Places[i], counts[token] - 1) : Mean(sums[token], counts[token]))];
    }
}
