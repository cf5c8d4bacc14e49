using ScFm.Model.Cells;
using ScFm.Model.Regression;

namespace ScFm.Model.Models.ScImpute;

/// <summary>Replaces one cell's dropouts by what similar cells have, in the proportions that fit the cell's trusted genes.</summary>
/// <remarks>
/// Li and Li 2018: coefficients that are not negative are fitted on the trusted genes B and carried over to the dropouts A. A cell with few trusted
/// genes may fit them by huge multiples of near-zeros, so that no value becomes larger than the largest of its gene in the subpopulation.
/// </remarks>
internal static class CellImputation
{
    /// <summary>The cell's dropouts and their new values.</summary>
    /// <param name="values">How far each value lies above that of a zero, [cells, genes].</param>
    /// <param name="cell">The cell.</param>
    /// <param name="similar">The cells that it may be put together from.</param>
    /// <param name="model">The mixtures of its subpopulation.</param>
    /// <param name="threshold">The probability from which a value is a dropout.</param>
    /// <returns>The dropouts' genes and their values on the log scale.</returns>
    internal static IEnumerable<(int Gene, double Value)> Run(CsrMatrix values, int cell, int[] similar, DropoutModel model, double threshold)
    {
        var own = new float[values.Columns];
        values.CopyRow(cell, own);
        var (dropouts, trusted) = (new List<int>(), new List<int>());
        for (var gene = 0; gene < own.Length; gene++)
        {
            if (model.Knows(gene))
            {
                (model.Probability(gene, own[gene]) >= threshold ? dropouts : trusted).Add(gene);
            }
        }
        if (trusted.Count == 0 || dropouts.Count == 0 || similar.Length == 0)
        {
            return [];
        }
        var columns = Array.ConvertAll(similar, other => Gather(values, other, trusted));
        var target = trusted.Select(gene => own[gene] + LogScale.Zero).ToArray();
        var coefficients = NonNegativeLeastSquares.Solve(columns, target);
        var sums = new double[own.Length];
        Array.Fill(sums, coefficients.Sum() * LogScale.Zero);
        for (var i = 0; i < similar.Length; i++)
        {
            var genes = values.RowIndices(similar[i]);
            var above = values.RowValues(similar[i]);
            for (var j = 0; j < genes.Length && coefficients[i] > 0; j++)
            {
                sums[genes[j]] += coefficients[i] * above[j];
            }
        }
        return dropouts.Select(gene => (gene, Math.Min(sums[gene], model.Largest(gene))));
    }

    /// <summary>A cell's values of some genes, which ascend.</summary>
    private static double[] Gather(CsrMatrix values, int cell, List<int> genes)
    {
        var gathered = new double[genes.Count];
        Array.Fill(gathered, LogScale.Zero);
        var own = values.RowIndices(cell);
        var above = values.RowValues(cell);
        var at = 0;
        for (var i = 0; i < own.Length; i++)
        {
            while (at < genes.Count && genes[at] < own[i])
            {
                at++;
            }
            if (at < genes.Count && genes[at] == own[i])
            {
                gathered[at] += above[i];
            }
        }
        return gathered;
    }
}
