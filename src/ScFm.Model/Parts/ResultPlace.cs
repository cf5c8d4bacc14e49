namespace ScFm.Model.Parts;

/// <summary>Where in the file the computed rows stand.</summary>
public enum ResultPlace
{
    /// <summary>They are X; the source's values are left out.</summary>
    Matrix,

    /// <summary>They stand in obsm; X holds the source's values. For vectors.</summary>
    Obsm,

    /// <summary>They are a layer; X holds the source's values of the same genes. For expression.</summary>
    Layer,
}
