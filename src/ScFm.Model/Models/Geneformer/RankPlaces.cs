using ScFm.Model.Metrics;

namespace ScFm.Model.Models.Geneformer;

/// <summary>The places of a cell's tokens, 1 at the first rank and 0 at the last, and how closely a model gives them back.</summary>
/// <param name="Tokens">The tokens of the cell and those given back.</param>
/// <param name="Places">Each one's place in the cell; 0 where it does not stand there.</param>
/// <param name="Correlation">Pearson's correlation with the places given back.</param>
internal sealed record RankPlaces(int[] Tokens, float[] Places, double Correlation)
{
    /// <summary>Compares a cell's tokens with those given back, both by rank.</summary>
    public static RankPlaces Of(long[] given, long[] back)
    {
        double Place(int rank) => 1 - rank / (given.Length - 1.0);
        var input = given.Select((token, rank) => (Token: (int)token, Place: Place(rank))).ToDictionary(pair => pair.Token, pair => pair.Place);
        var output = back.Select((token, rank) => (Token: (int)token, Place: Place(rank))).GroupBy(pair => pair.Token).ToDictionary(pairs => pairs.Key, pairs => pairs.Average(pair => pair.Place));
        int[] tokens = [.. input.Keys.Union(output.Keys)];
        double[] places = [.. tokens.Select(token => input.GetValueOrDefault(token))];
        var correlation = Metrics.Correlation.Pearson<double>(places, [.. tokens.Select(token => output.GetValueOrDefault(token))]);
        return new RankPlaces(tokens, Array.ConvertAll(places, place => (float)place), correlation.Coefficient);
    }

    /// <summary>The mean place of each token over the cells in which it is above 0; 0 where there is none.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="tokens">Number of tokens that there are.</param>
    public static double[] Means(IEnumerable<RankPlaces> cells, int tokens)
    {
        var (sums, counts) = (new double[tokens], new int[tokens]);
        foreach (var (token, place) in cells.SelectMany(cell => cell.Tokens.Zip(cell.Places)).Where(pair => pair.Second > 0))
        {
            sums[token] += place;
            counts[token]++;
        }
        return [.. sums.Select((sum, token) => counts[token] == 0 ? 0 : sum / counts[token])];
    }

    /// <summary>The correlation of the cell's places with other places, one a token of the model.</summary>
    public double CorrelationWith(double[] places) =>
        Metrics.Correlation.Pearson<double>(Array.ConvertAll(Places, place => (double)place), Array.ConvertAll(Tokens, token => places[token])).Coefficient;
}
