using ScFm.Torch.Extras;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Model.Models.ScVi;

/// <summary>The distribution of every count of some cells, as the decoder gives it.</summary>
/// <remarks>Source: scVI (Lopez et al. 2018), Methods; scvi-tools, distributions/_negative_binomial.py, with its guard of 1e-8 within logarithms.</remarks>
public sealed record CountDistribution
{
    private const double Guard = 1e-8;

    /// <summary>The kind of distribution.</summary>
    public required CountLikelihood Likelihood { get; init; }

    /// <summary>The logarithm of each gene's share up to a constant of the cell, [B, genes].</summary>
    public required Tensor Logits { get; init; }

    /// <summary>The logarithm of the library size, [B, 1].</summary>
    public required Tensor Library { get; init; }

    /// <summary>The dispersion of each gene, [genes] or [B, genes], above 0; unused by Poisson.</summary>
    public required Tensor Dispersion { get; init; }

    /// <summary>The logit of the probability of an additional zero, [B, genes]; null where there is none.</summary>
    public Tensor? DropoutLogits { get; init; }

    /// <summary>The share of each gene in a cell's expression, [B, genes]; a row sums to 1.</summary>
    public Tensor Scale => F.softmax(Logits, -1);

    /// <summary>The mean of each count before additional zeros, [B, genes].</summary>
    public Tensor Rate => Library.exp() * Scale;

    /// <summary>The mean of each count, [B, genes].</summary>
    public Tensor Mean => DropoutLogits is { } logits ? Rate * (-logits).sigmoid() : Rate;

    /// <summary>The logarithm of the probability of each cell's counts, [B].</summary>
    /// <remarks>
    /// Most counts are zero. What a zero has, every gene is given, and what a count has besides (the gamma functions, the costly part) is computed
    /// for the counts that are there: in one kernel where there is one for the tensors, in plain operations elsewhere.
    /// </remarks>
    public Tensor LogProbability(CountBatch counts)
    {
        if (Likelihood != CountLikelihood.Poisson && Kernels.Take(Logits))
        {
            return Kernels.CountLikelihood(Logits, Library, Dispersion, DropoutLogits, counts.Values, counts.GeneOf, counts.Offsets);
        }
        var rate = Rate;
        var (cellOf, geneOf) = (counts.CellOf, counts.GeneOf.to(int64));
        Tensor AtSeen(Tensor perGene) => perGene.dim() == 1 ? perGene.index_select(0, geneOf) : perGene.flatten().index_select(0, cellOf * rate.shape[1] + geneOf);
        var (zeros, seen) = Likelihood == CountLikelihood.Poisson
            ? (-rate.sum(1), counts.Values * (AtSeen(rate) + Guard).log())
            : NegativeBinomial(counts.Values, rate, AtSeen);
        return zeros.index_add(0, cellOf, seen, 1).index_add(0, cellOf, (counts.Values + 1).lgamma(), -1);
    }

    /// <summary>The probability as if all counts were zero, [B], and what each count that is not zero changes, [N]; without the factorials.</summary>
    private (Tensor Zeros, Tensor Seen) NegativeBinomial(Tensor values, Tensor rate, Func<Tensor, Tensor> atSeen)
    {
        var theta = Dispersion;
        var (seenRate, seenTheta, shape) = (atSeen(rate), atSeen(theta), atSeen(theta.lgamma()));
        var seen = values * ((seenRate + Guard).log() - (seenTheta + seenRate + Guard).log()) + ((values + seenTheta).lgamma() - shape); // large terms that cancel first
        var logZero = (theta + Guard).log() - (theta + rate + Guard).log(); // [B, genes], to be multiplied by theta
        if (DropoutLogits is not { } logits)
        {
            return (theta.dim() == 1 ? matmul(logZero, theta) : (logZero * theta).sum(1), seen);
        }
        var zero = logZero * theta - logits;
        // softplus(a) is what a zero has; softplus(a) - softplus(-a) = a is what a count has
        return ((Softplus(zero) - Softplus(-logits)).sum(1), seen - Softplus(-atSeen(zero)));
    }

    /// <summary>log(1 + exp(x)). libtorch's own takes x itself from 20 on, which double precision can tell apart.</summary>
    private static Tensor Softplus(Tensor x) => F.softplus(x, threshold: 40);
}
