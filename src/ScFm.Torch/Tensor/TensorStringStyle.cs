namespace TorchSharp;

/// <summary>How a tensor is printed.</summary>
public enum TensorStringStyle
{
    /// <summary>Shape, type and device only.</summary>
    Metadata,

    /// <summary>A header and the elements.</summary>
    Julia,

    /// <summary>The elements in brackets.</summary>
    Numpy,

    /// <summary>As <see cref="Julia"/>.</summary>
    CSharp,

    /// <summary>As <see cref="Julia"/>.</summary>
    Default,
}
