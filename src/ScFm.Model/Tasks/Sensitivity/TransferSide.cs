namespace ScFm.Model.Tasks.Sensitivity;

/// <summary>The samples of one domain and the class of each.</summary>
/// <param name="Names">One name a sample or cell.</param>
/// <param name="Labels">True for each that belongs to the class that is asked about.</param>
public sealed record TransferSide(IReadOnlyList<string> Names, bool[] Labels)
{
    /// <summary>How many there are.</summary>
    public int Count => Labels.Length;

    /// <summary>How many belong to the class that is asked about.</summary>
    public int Positives => Labels.Count(label => label);
}
