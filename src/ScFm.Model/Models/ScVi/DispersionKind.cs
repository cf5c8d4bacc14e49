using System.Text.Json.Serialization;

namespace ScFm.Model.Models.ScVi;

/// <summary>What shares one dispersion of the negative binomial.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DispersionKind>))]
public enum DispersionKind
{
    /// <summary>A gene, in all cells.</summary>
    Gene,

    /// <summary>A gene, in the cells of one batch.</summary>
    GeneBatch,
}
