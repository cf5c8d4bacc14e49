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

    /// <summary>The share of each gene in a cell's expression, [B, genes]; a row sums to 1.</summary>
    public required Tensor Scale { get; init; }

    /// <summary>The logarithm of the library size, [B, 1].</summary>
    public required Tensor Library { get; init; }

    /// <summary>The dispersion of each gene, [genes] or [B, genes], above 0; unused by Poisson.</summary>
    public required Tensor Dispersion { get; init; }

    /// <summary>The logit of the probability of an additional zero, [B, genes]; null where there is none.</summary>
    public Tensor? DropoutLogits { get; init; }

    /// <summary>The mean of each count before additional zeros, [B, genes].</summary>
    public Tensor Rate => Library.exp() * Scale;

    /// <summary>The mean of each count, [B, genes].</summary>
    public Tensor Mean => DropoutLogits is { } logits ? Rate * (-logits).sigmoid() : Rate;

    /// <summary>The logarithm of the probability of each cell's counts, [B].</summary>
    /// <remarks>
    /// Most counts are zero. What a zero has, every gene is given, and what a count has besides (the gamma functions, the costly part) is computed
    /// for the counts that are there. This is the only function that a faster kernel would replace.
    /// </remarks>
    public Tensor LogProbability(CountBatch counts)
    {
        var rate = Rate;
        var seenRate = rate.flatten().index_select(0, counts.Places); // [N]
        var (zeros, seen) = Likelihood == CountLikelihood.Poisson
            ? (-rate.sum(1), counts.Values * (seenRate + Guard).log())
            : NegativeBinomial(counts, rate, seenRate);
        return zeros.index_add(0, counts.CellOf, seen, 1) - counts.LogFactorials;
    }

    /// <summary>The probability as if all counts were zero, [B], and what each count that is not zero changes, [N]; without the factorials.</summary>
    private (Tensor Zeros, Tensor Seen) NegativeBinomial(CountBatch counts, Tensor rate, Tensor seenRate)
    {
        Tensor AtSeen(Tensor perGene) => perGene.dim() == 1 ? perGene.index_select(0, counts.GeneOf) : perGene.flatten().index_select(0, counts.Places);

        var theta = Dispersion;
        var (seenTheta, shape) = (AtSeen(theta), AtSeen(theta.lgamma()));
        var seen = counts.Values * ((seenRate + Guard).log() - (seenTheta + seenRate + Guard).log()) + ((counts.Values + seenTheta).lgamma() - shape); // large terms that cancel first
        var logZero = (theta + Guard).log() - (theta + rate + Guard).log(); // [B, genes], to be multiplied by theta
        if (DropoutLogits is not { } logits)
        {
            return (theta.dim() == 1 ? matmul(logZero, theta) : (logZero * theta).sum(1), seen);
        }
        var zero = logZero * theta - logits;
        // softplus(a) is what a zero has; softplus(a) - softplus(-a) = a is what a count has
        return ((Softplus(zero) - Softplus(-logits)).sum(1), seen - Softplus(-AtSeen(zero)));
    }

    /// <summary>log(1 + exp(x)). libtorch's own takes x itself from 20 on, which double precision can tell apart.</summary>
    private static Tensor Softplus(Tensor x) => F.softplus(x, threshold: 40);
}
