using System.Text.Json.Serialization;

namespace ScFm.Model.Models.ScVi;

/// <summary>How the latent space is turned into expression.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DecoderKind>))]
public enum DecoderKind
{
    /// <summary>By hidden layers: scVI.</summary>
    Network,

    /// <summary>By one linear map, whose weights are the genes' loadings: LDVAE.</summary>
    Linear,
}
