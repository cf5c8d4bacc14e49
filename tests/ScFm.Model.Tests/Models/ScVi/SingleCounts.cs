using MathNet.Numerics;
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
        var factorials = x.to(float64).data<double>().ToArray().Select(count => SpecialFunctions.GammaLn(count + 1)).ToArray();
        return new CountBatch
        {
            Logged = x.log1p().unsqueeze(1),
            Values = x.index_select(0, places),
            Places = places,
            CellOf = places,
            GeneOf = zeros_like(places),
            LogFactorials = tensor(factorials).to(x.dtype),
            LogTotals = x.log().unsqueeze(1),
            Batches = zeros_like(x).to(int64),
        };
    }

    /// <summary>The distribution of counts with these means before additional zeros.</summary>
    public static CountDistribution Distribution(CountLikelihood likelihood, Tensor rate, Tensor dispersion, Tensor? dropoutLogits) => new()
    {
        Likelihood = likelihood,
        Scale = rate.reshape(-1, 1),
        Library = zeros_like(rate).reshape(-1, 1),
        Dispersion = dispersion.reshape(-1, 1),
        DropoutLogits = dropoutLogits?.reshape(-1, 1),
    };
}
