namespace ScFm.Model;

/// <summary>What is done where the published code does something surprising; docs/COMPATIBILITY.md names every case.</summary>
public enum Compat
{
    /// <summary>What a researcher expects. Default.</summary>
    Sensible,

    /// <summary>What the published code does, so that its numbers come out.</summary>
    Reference,
}
