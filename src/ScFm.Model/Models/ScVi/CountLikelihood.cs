using System.Text.Json.Serialization;

namespace ScFm.Model.Models.ScVi;

/// <summary>The distribution of a gene's count in a cell.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CountLikelihood>))]
public enum CountLikelihood
{
    /// <summary>Negative binomial: variance = mean + mean squared / dispersion.</summary>
    NegativeBinomial,

    /// <summary>Negative binomial that is zero with a probability of its own besides.</summary>
    ZeroInflatedNegativeBinomial,

    /// <summary>Poisson: variance = mean.</summary>
    Poisson,
}
