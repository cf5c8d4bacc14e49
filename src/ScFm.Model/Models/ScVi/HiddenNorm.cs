using System.Text.Json.Serialization;

namespace ScFm.Model.Models.ScVi;

/// <summary>What normalises a hidden layer before its activation; both may be set, the batch then comes first.</summary>
[Flags]
[JsonConverter(typeof(JsonStringEnumConverter<HiddenNorm>))]
public enum HiddenNorm
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Each feature over the cells of a batch; eps 0.001, momentum 0.01.</summary>
    Batch = 1,

    /// <summary>Each cell over its features, without weights.</summary>
    Layer = 2,
}
