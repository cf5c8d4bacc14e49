namespace ScFm.Model.Tasks.DrugResponse;

/// <summary>What drugs and cell lines have in common over all their pairs: response = mean + drug + cell line, both effects shrunk towards 0.</summary>
/// <param name="Mean">The mean of all pairs.</param>
/// <param name="Drugs">One effect a drug, or a screen; 0 for one without pairs.</param>
/// <param name="Cells">One effect a cell line; 0 for one without pairs.</param>
/// <param name="OfScreens">True where effects are of screens: a drug that was screened more than once has several.</param>
public sealed record EffectFit(double Mean, double[] Drugs, double[] Cells, bool OfScreens = false)
{
    private const int Rounds = 30; // each leaves about a tenth of the error

    /// <summary>Fits the effects by turns.</summary>
    /// <param name="responses">The pairs.</param>
    /// <param name="pairs">Those to learn from.</param>
    /// <param name="shrinkage">Pairs of value 0 that are added to each drug and cell line, 0 or more.</param>
    /// <param name="withCells">False to leave the cell lines' effects at 0.</param>
    /// <param name="ofScreens">True for an effect a screen instead of a drug. Default: false.</param>
    public static EffectFit Of(DrugResponses responses, IReadOnlyCollection<int> pairs, double shrinkage, bool withCells, bool ofScreens = false)
    {
        var fit = new EffectFit(pairs.Average(pair => responses.Values[pair]), new double[ofScreens ? responses.ScreenCount : responses.Drugs.Count], new double[responses.Cells.Count], ofScreens);
        for (var round = 0; round < (withCells ? Rounds : 1); round++)
        {
            Update(fit.Drugs, pairs, pair => fit.DrugOf(responses, pair), pair => responses.Values[pair] - fit.Mean - fit.Cells[responses.CellOfPair[pair]], shrinkage);
            if (withCells)
            {
                Update(fit.Cells, pairs, pair => responses.CellOfPair[pair], pair => responses.Values[pair] - fit.Mean - fit.Drugs[fit.DrugOf(responses, pair)], shrinkage);
            }
        }
        return fit;
    }

    /// <summary>What the effects say of a pair.</summary>
    public double Predict(DrugResponses responses, int pair) => Mean + Drugs[DrugOf(responses, pair)] + Cells[responses.CellOfPair[pair]];

    private int DrugOf(DrugResponses responses, int pair) => OfScreens ? responses.ScreenOfPair[pair] : responses.DrugOfPair[pair];

    private static void Update(double[] effects, IReadOnlyCollection<int> pairs, Func<int, int> groupOf, Func<int, double> rest, double shrinkage)
    {
        var (sums, counts) = (new double[effects.Length], new int[effects.Length]);
        foreach (var pair in pairs)
        {
            sums[groupOf(pair)] += rest(pair);
            counts[groupOf(pair)]++;
        }
        for (var group = 0; group < effects.Length; group++)
        {
            effects[group] = counts[group] == 0 ? 0 : sums[group] / (counts[group] + shrinkage);
        }
    }
}
