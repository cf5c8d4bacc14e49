namespace ScFm.Model.Models.ScGpt;

/// <summary>The mean bin of each gene over some cells: what a predictor says that looks at no other gene of the cell.</summary>
internal sealed class BinMeans(int tokens)
{
    private readonly double[] sums = new double[tokens];
    private readonly long[] counts = new long[tokens];

    /// <summary>Counts a cell in.</summary>
    public void Add(ScGptCell cell)
    {
        for (var i = 1; i < cell.Tokens.Length; i++)
        {
            sums[cell.Tokens[i]] += cell.Values[i];
            counts[cell.Tokens[i]]++;
        }
    }

    /// <summary>Mean squared error of each gene's mean, on the hidden values of cells.</summary>
    public double ErrorOfGenes(IEnumerable<HiddenCell> cells)
    {
        var mean = sums.Sum() / counts.Sum();
        return Error(cells, token => counts[token] == 0 ? mean : sums[token] / counts[token]);
    }

    /// <summary>Mean squared error of the mean of all values.</summary>
    public double ErrorOfMean(IEnumerable<HiddenCell> cells)
    {
        var mean = sums.Sum() / counts.Sum();
        return Error(cells, _ => mean);
    }

    private static double Error(IEnumerable<HiddenCell> cells, Func<int, double> predict)
    {
        var (sum, count) = (0.0, 0L);
        foreach (var cell in cells)
        {
            for (var i = 0; i < cell.Hidden.Length; i++, count++)
            {
                var error = cell.Targets[i] - predict(cell.Tokens[cell.Hidden[i]]);
                sum += error * error;
            }
        }
        return sum / count;
    }
}
