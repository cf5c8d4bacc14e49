namespace ScFm.Model.Training;

/// <summary>How the learning rate falls after the warm-up.</summary>
public enum RateDecay
{
    /// <summary>On half a cosine.</summary>
    Cosine,

    /// <summary>On a straight line, as BERT was trained.</summary>
    Linear,

    /// <summary>By half after each of as many equal parts of the run as it has epochs, as GEARS was trained.</summary>
    Halving,
}
