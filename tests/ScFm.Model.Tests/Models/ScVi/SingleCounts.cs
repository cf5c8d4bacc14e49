using ScFm.Model.Models.ScVi;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Models.ScVi;

/// <summary>Counts each taken as a cell of one gene, so that the probability of a cell is that of a count.</summary>
internal static class SingleCounts
{
    public static CountBatch Batch(Tensor counts)
    {
        var x = counts.flatten();
        var places = x.nonzero().flatten();
        return new CountBatch
        {
            Genes = 1,
            Values = x.index_select(0, places),
            LoggedValues = x.index_select(0, places).log1p(),
            GeneOf = zeros_like(places).to(int32),
            Offsets = cat([zeros(1, int64, x.device), x.ne(0).cumsum(0)]),
            LogTotals = x.log().unsqueeze(1),
            Batches = zeros_like(x).to(int64),
        };
    }

    /// <summary>The distribution of counts with these means before additional zeros.</summary>
    public static CountDistribution Distribution(CountLikelihood likelihood, Tensor rate, Tensor dispersion, Tensor? dropoutLogits) => new()
    {
        Likelihood = likelihood,
        Logits = zeros_like(rate).reshape(-1, 1), // the share of a single gene is 1
        Library = rate.log().reshape(-1, 1),
        Dispersion = dispersion.reshape(-1, 1),
        DropoutLogits = dropoutLogits?.reshape(-1, 1),
    };
}
